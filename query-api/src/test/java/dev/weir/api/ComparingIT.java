package dev.weir.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.embedded.Await;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ComparingIT {
    @RegisterExtension
    static final SharedServer shared = new SharedServer();

    private static RunningServer weir;

    @BeforeAll
    static void server() {
        weir = shared.weir();
    }

    @Test
    void comparesARunWithItsJobsLastGoodOne() throws Exception {
        run("good", RunningServer.workers(50) + "all tests passed\n", 0);
        run("bad", RunningServer.workers(5) + "ERROR disk full on sda1\n", 1);

        JsonNode diff = weir.json("/v1/diff?run=bad&baseline=last-good");

        assertEquals("good", diff.at("/a/run").asText(), diff.toString());
        assertTrue(diff.at("/new/templates/0/text").asText().contains("disk full"), diff.toString());
        assertTrue(diff.at("/gone/templates/0/text").asText().contains("passed"), diff.toString());
        assertEquals(400, weir.get("/v1/diff?a=good").statusCode());
        assertEquals(404, weir.get("/v1/diff?a=good&b=absent").statusCode());
    }

    @Test
    void waitsForALineThatMatches() throws Exception {
        weir.post("/v1/runs/matched/lines", RunningServer.workers(3));
        weir.counted("matched", 3);
        // Where the wait begins is said: on a busy machine its request may come after the lines.
        String cursor = weir.json("/v1/runs/matched/snapshot").path("cursor").asText();
        java.util.concurrent.CompletableFuture<String> waiting =
                java.util.concurrent.CompletableFuture.supplyAsync(() -> {
                    try {
                        return weir.get("/v1/runs/matched/wait?timeout=50s&until=match:wor.er%2042&cursor=" + cursor)
                                .body();
                    } catch (java.io.IOException | InterruptedException failed) {
                        throw new IllegalStateException(failed);
                    }
                });
        for (int i = 40; i < 45; i++) {
            weir.post("/v1/runs/matched/lines", "worker " + i + " started\n");
        }

        String answer = waiting.get(60, java.util.concurrent.TimeUnit.SECONDS);

        assertTrue(answer.contains("\"reason\":\"match:wor.er 42\""), answer);
        JsonNode inVain = weir.json("/v1/runs/matched/wait?timeout=100ms&until=match:absent&cursor=" + cursor);
        assertEquals("timeout", inVain.path("reason").asText());
        assertEquals(cursor, inVain.path("cursor").asText(), "lines not yet looked at must not be passed over");
    }

    private static void run(String name, String lines, int exitCode) throws Exception {
        weir.post("/v1/runs", "{\"run\":\"" + name + "\",\"job\":\"compared\"}");
        weir.post("/v1/runs/" + name + "/lines", lines);
        weir.post("/v1/runs/" + name + "/end", "{\"exitCode\":" + exitCode + "}");
        Await.until(
                name + " is over",
                () -> weir.json("/v1/runs/" + name).path("exitCode").asInt(-1) == exitCode);
    }
}
