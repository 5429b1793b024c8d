package dev.weir.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.embedded.Await;
import dev.weir.embedded.KafkaUnderTest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class TwoServersIT {
    private static final int RUNS = 6;

    @RegisterExtension
    static final KafkaUnderTest kafka = KafkaUnderTest.embedded();

    @TempDir
    Path state;

    @Test
    void eitherServerAnswersForEveryRunAndACursorMovesBetweenThem() throws Exception {
        try (RunningServer one = new RunningServer(kafka, state.resolve("one"), Map.of()).ready();
                RunningServer two = new RunningServer(kafka, state.resolve("two"), Map.of())) {
            Await.until("they share the work", () -> here(one) == 1 && here(two) == 1);
            for (int i = 0; i < RUNS; i++) {
                assertEquals(
                        200,
                        one.post("/v1/runs/run-" + i + "/lines", "worker " + i + " started\n")
                                .statusCode());
            }

            for (int i = 0; i < RUNS; i++) {
                one.counted("run-" + i, 1);
                two.counted("run-" + i, 1);
                String cursor = one.json("/v1/runs/run-" + i + "/snapshot")
                        .get("cursor")
                        .asText();
                String again = two.get("/v1/runs/run-" + i + "/snapshot?cursor=" + cursor)
                        .body();
                assertTrue(again.contains("\"unchanged\":true"), again);
            }
            HttpResponse<String> lines = two.get("/v1/runs/run-0/lines");
            assertTrue(lines.body().contains("worker 0 started"), lines.body());
            assertEquals(404, one.get("/v1/runs/absent-1").statusCode());
            assertEquals(404, two.get("/v1/runs/absent-1").statusCode());
            assertEquals(RUNS, one.json("/v1/runs").get("runs").size());
            assertEquals(RUNS, two.json("/v1/runs").get("runs").size());
            assertTrue(two.json("/v1/runs").get("complete").asBoolean());
        }
    }

    private static int here(RunningServer server) throws Exception {
        return server.json("/readyz").path("here").size();
    }
}
