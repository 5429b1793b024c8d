package dev.weir.api;

import static dev.weir.api.Views.template;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.embedded.Await;
import dev.weir.schemas.RunState;
import dev.weir.topology.RunView;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WaitHttpTest {
    private static final Harness weir = new Harness(Map.of("WEIR_HTTP_IDLE", "1s"));
    private final RunView.Template worker = template(1, "INFO", 3, "worker <*> started", 1, 5);

    @BeforeEach
    void empty() {
        weir.reset();
        weir.runs.put(Views.run("default", "run-1", 5, RunState.RUNNING, worker));
    }

    @AfterAll
    static void stop() {
        weir.close();
    }

    @Test
    void aRunThatHasEndedEndsTheWaitAtOnce() throws Exception {
        weir.runs.put(Views.run("default", "run-1", 6, RunState.FAILED, worker));

        JsonNode answer = weir.json("/v1/runs/run-1/wait?until=exit");

        assertEquals("exit", answer.get("reason").asText());
        assertEquals(3, answer.get("exitCode").asInt());
        assertEquals("failed", answer.get("status").asText());
    }

    @ParameterizedTest
    @CsvSource({"exit,exit", "'new,exit',new", "error,error", "count:1>=4,count:1>=4"})
    void aChangeEndsTheWaitWithItsReasonAndADelta(String until, String reason) throws Exception {
        CompletableFuture<JsonNode> waiting = waitFor("/v1/runs/run-1/wait?until=" + until.replace(">", "%3E"));
        weir.runs.awaitWatch("default", "run-1");

        weir.runs.put(Views.run(
                "default",
                "run-1",
                7,
                RunState.FAILED,
                template(1, "INFO", 4, "worker <*> started", 1, 6),
                template(2, "ERROR", 1, "disk full", 7, 7)));

        JsonNode answer = waiting.get(20, TimeUnit.SECONDS);
        assertEquals(reason, answer.get("reason").asText(), answer.toString());
        assertEquals("delta", answer.at("/snapshot/mode").asText(), answer.toString());
        assertEquals(2, answer.at("/snapshot/templates").size());
        JsonNode then = weir.json(
                "/v1/runs/run-1/snapshot?cursor=" + answer.get("cursor").asText());
        assertTrue(then.get("unchanged").asBoolean(), then.toString());
    }

    @Test
    void anErrorThatTheCursorsReaderKnowsIsNoNews() throws Exception {
        weir.runs.put(Views.run("default", "run-1", 7, RunState.RUNNING, template(2, "ERROR", 1, "disk full", 7, 7)));
        String cursor = weir.json("/v1/runs/run-1/snapshot").get("cursor").asText();

        JsonNode answer = weir.json("/v1/runs/run-1/wait?until=error&timeout=50ms&cursor=" + cursor);

        assertEquals("timeout", answer.get("reason").asText());
        assertTrue(answer.at("/snapshot/unchanged").asBoolean());
        assertEquals(cursor, answer.get("cursor").asText());
    }

    @Test
    void outlastsAConnectionsIdleTime() throws Exception {
        long before = System.nanoTime();

        JsonNode answer = weir.json("/v1/runs/run-1/wait?until=exit&timeout=3s");

        assertEquals("timeout", answer.get("reason").asText());
        assertFalse(System.nanoTime() - before < 1_000_000_000L);
    }

    @Test
    void silenceIsJudgedByTheClock() throws Exception {
        CompletableFuture<JsonNode> waiting = waitFor("/v1/runs/run-1/wait?until=silence:60s");
        weir.runs.awaitWatch("default", "run-1");

        weir.setNow(Views.NOON + 66_000);

        assertEquals(
                "silence:60s", waiting.get(20, TimeUnit.SECONDS).get("reason").asText());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "?until=",
                "?until=dawn",
                "?until=match:(",
                "?until=silence:soon",
                "?until=count:x",
                "?until=count:-1%3E=1",
                "?until=match:",
                "?until=exit,exit,exit,exit,exit,exit,exit,exit,exit,exit,exit,exit,exit,exit,exit,exit,exit",
                "?until=exit&timeout=2h",
                "?until=exit&cursor=nonsense"
            })
    void badConditionsSayWhatToUse(String query) throws Exception {
        assertEquals(400, weir.get("/v1/runs/run-1/wait" + query).statusCode());
    }

    @Test
    void aServerThatStopsTellsWhoWaitsToComeBack() throws Exception {
        Harness stopping = new Harness();
        stopping.runs.put(Views.run("default", "run-1", 5, RunState.RUNNING, worker));
        CompletableFuture<HttpResponse<String>> waiting = CompletableFuture.supplyAsync(() -> {
            try {
                return stopping.get("/v1/runs/run-1/wait?until=exit&timeout=30s");
            } catch (java.io.IOException | InterruptedException failed) {
                throw new IllegalStateException(failed);
            }
        });
        stopping.runs.awaitWatch("default", "run-1");

        stopping.close();

        HttpResponse<String> answer = waiting.get(20, TimeUnit.SECONDS);
        assertEquals(503, answer.statusCode(), answer.body());
        assertTrue(answer.body().contains("\"code\":\"stopping\""), answer.body());
        assertTrue(answer.headers().firstValue("Retry-After").isPresent());
    }

    @Test
    void anAbsentRunIsNotWaitedFor() throws Exception {
        assertEquals(404, weir.get("/v1/runs/absent/wait?until=exit").statusCode());
    }

    private static CompletableFuture<JsonNode> waitFor(String path) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return weir.json(path + "&timeout=30s");
            } catch (java.io.IOException | InterruptedException failed) {
                throw new IllegalStateException(failed);
            }
        });
    }

    @Test
    void aWatchEndsWithItsWait() throws Exception {
        weir.get("/v1/runs/run-1/wait?until=exit&timeout=10ms");

        Await.until("no watch is left", () -> weir.runs.watches("default", "run-1") == 0);
    }
}
