package dev.weir.api;

import static dev.weir.api.Views.template;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.schemas.RunState;
import dev.weir.topology.RunView;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotSchemaTest {
    private static final Harness weir = new Harness();
    private final RunView.Template worker = template(1, "INFO", 300, "worker <*> started", 1, 5);
    private final RunView.Template disk = template(2, "ERROR", 1, "disk full on <*>", 4, 4);

    @BeforeEach
    void fill() {
        weir.reset();
        weir.runs.put(Views.run("default", "run-1", 5, RunState.FAILED, worker, disk));
    }

    @AfterAll
    static void stop() {
        weir.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "?limit=1",
                "?budget=100",
                "?budget=300",
                "?budget=100000",
                "?window=5m&level=error",
                "?to=0s",
                "?from=10m&to=1m"
            })
    void everySnapshotKeepsTheContract(String query) throws Exception {
        assertEquals(List.of(), problems(weir.json("/v1/runs/run-1/snapshot" + query)));
    }

    @Test
    void everyDeltaKeepsTheContract() throws Exception {
        String cursor = weir.json("/v1/runs/run-1/snapshot").get("cursor").asText();
        JsonNode unchanged = weir.json("/v1/runs/run-1/snapshot?cursor=" + cursor);
        weir.runs.put(Views.run(
                "default",
                "run-1",
                7,
                RunState.FAILED,
                Views.generalised(worker, "worker <*> <*>", 7),
                Views.merged(disk, 1, 6)));

        assertEquals(List.of(), problems(unchanged));
        assertEquals(List.of(), problems(weir.json("/v1/runs/run-1/snapshot?cursor=" + cursor)));
    }

    @Test
    void theCheckNoticesWhatIsWrong() throws Exception {
        JsonNode wrong = new ObjectMapper()
                .readTree(weir.get("/v1/runs/run-1/snapshot").body().replace("\"mode\":", "\"made\":"));

        assertFalse(problems(wrong).isEmpty());
    }

    private static List<String> problems(JsonNode snapshot) throws Exception {
        return SchemaCheck.ofSnapshots().problems(snapshot);
    }
}
