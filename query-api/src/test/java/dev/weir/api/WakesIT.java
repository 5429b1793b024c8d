package dev.weir.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.embedded.Await;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class WakesIT {
    @RegisterExtension
    static final SharedServer shared = new SharedServer();

    private static RunningServer weir;

    @BeforeAll
    static void server() {
        weir = shared.weir();
    }

    @Test
    void aWakeIsReleasedByItsRunsEndAndWorkedOffByOneWorker() throws Exception {
        begin("waked");
        JsonNode queued =
                queue("waked", "{\"message\":\"go on\",\"idempotencyKey\":\"k\",\"labels\":{\"by\":\"me\"}}", 201);
        JsonNode again = queue("waked", "{\"message\":\"go on\",\"idempotencyKey\":\"k\"}", 200);
        CompletableFuture<HttpResponse<String>> worker =
                lease("{\"worker\":\"ann\",\"leaseFor\":\"30s\",\"wait\":\"60s\",\"labels\":{\"by\":\"me\"}}");

        weir.post("/v1/runs/waked/end", "{\"exitCode\":0}");
        JsonNode leased = parsed(worker.get(60, TimeUnit.SECONDS), 200);

        String id = queued.get("id").asText();
        assertEquals(id, again.get("id").asText());
        assertEquals("queued", queued.get("phase").asText());
        assertEquals("ok", queued.get("when").asText());
        assertEquals(id, leased.get("id").asText());
        assertEquals("go on", leased.get("message").asText());
        assertEquals(1, leased.get("attempt").asInt());
        assertEquals("ann", leased.get("worker").asText());
        assertEquals(204, lease("{\"worker\":\"bob\",\"run\":\"waked\"}").get().statusCode());
        String holds = "{\"run\":\"waked\",\"fence\":" + leased.get("fence").asLong();
        String other = "{\"run\":\"waked\",\"fence\":" + (leased.get("fence").asLong() + 1);
        parsed(weir.post("/v1/wakes/" + id + "/renew", other + "}"), 409);
        assertNotEquals(
                leased.get("leasedUntil"),
                parsed(weir.post("/v1/wakes/" + id + "/renew", holds + ",\"leaseFor\":\"10m\"}"), 200)
                        .get("leasedUntil"));
        parsed(weir.delete("/v1/runs/waked/queue/" + id), 409);
        parsed(weir.post("/v1/wakes/" + id + "/done", other + ",\"succeeded\":true}"), 409);
        String done = holds + ",\"succeeded\":true,\"exitCode\":0,\"detail\":\"all is well\"}";
        assertEquals(
                "done",
                parsed(weir.post("/v1/wakes/" + id + "/done", done), 200)
                        .get("phase")
                        .asText());
        parsed(weir.post("/v1/wakes/" + id + "/done", done), 200);
        JsonNode list = weir.json("/v1/runs/waked/queue").get("wakes");
        assertEquals("all is well", list.at("/0/detail").asText());
        assertEquals(1, list.size());
    }

    @Test
    void aFailedAttemptComesBackWithItsNumberUntilItsAttemptsAreUsedUp() throws Exception {
        begin("retried");
        String id = queue("retried", "{\"message\":\"try\",\"when\":\"now\",\"maxAttempts\":2}", 201)
                .get("id")
                .asText();

        for (int attempt = 1; attempt <= 2; attempt++) {
            JsonNode leased = parsed(
                    lease("{\"worker\":\"ann\",\"wait\":\"30s\",\"run\":\"retried\"}")
                            .get(),
                    200);
            assertEquals(attempt, leased.get("attempt").asInt());
            String body = "{\"run\":\"retried\",\"fence\":"
                    + leased.get("fence").asLong() + ",\"succeeded\":false,\"exitCode\":1}";
            parsed(weir.post("/v1/wakes/" + id + "/done", body), 200);
        }

        assertEquals(
                "failed",
                weir.json("/v1/runs/retried/queue").at("/wakes/0/phase").asText());
    }

    @Test
    void aDelayedWakeIsListedAndTakenOut() throws Exception {
        begin("delayed");
        String id = queue("delayed", "{\"message\":\"later\",\"delay\":\"1h\",\"when\":\"now\"}", 201)
                .get("id")
                .asText();

        HttpResponse<String> removed = weir.delete("/v1/runs/delayed/queue/" + id);

        assertEquals(204, removed.statusCode(), removed.body());
        assertEquals(
                "cancelled",
                weir.json("/v1/runs/delayed/queue").at("/wakes/0/phase").asText());
        assertEquals(204, weir.delete("/v1/runs/delayed/queue/" + id).statusCode(), "twice is once");
        String unknown = weir.delete("/v1/runs/delayed/queue/no-such").body();
        assertTrue(unknown.contains("no wake 'no-such'") && unknown.contains("wake-not-found"), unknown);
        assertEquals(
                204, lease("{\"worker\":\"ann\",\"run\":\"delayed\"}").get().statusCode());
    }

    @Test
    void whatMakesNoSenseSaysWhatToSend() throws Exception {
        begin("strict");
        for (String body : new String[] {
            "{}",
            "{\"message\":\"a\",\"when\":\"soon\"}",
            "{\"message\":\"a\",\"delay\":\"soon\"}",
            "{\"message\":\"a\",\"delay\":\"1s\",\"runAt\":\"2026-01-01T00:00:00Z\"}",
            "{\"message\":\"a\",\"maxAttempts\":0}",
            "{\"message\":\"a\",\"unknown\":1}"
        }) {
            HttpResponse<String> answer = weir.post("/v1/runs/strict/queue", body);
            assertEquals(400, answer.statusCode(), body + answer.body());
        }
        parsed(weir.post("/v1/runs/absent-run/queue", "{\"message\":\"a\"}"), 404);
        parsed(weir.post("/v1/wakes/lease", "{}"), 400);
        parsed(weir.post("/v1/wakes/no-such/renew", "{\"run\":\"strict\",\"fence\":1}"), 404);
        parsed(weir.post("/v1/wakes/no-such/done", "{\"run\":\"strict\",\"fence\":1}"), 400);
    }

    private static void begin(String run) throws Exception {
        assertEquals(201, weir.post("/v1/runs", "{\"run\":\"" + run + "\"}").statusCode());
        Await.until(run + " is there", () -> weir.get("/v1/runs/" + run).statusCode() == 200);
    }

    private static JsonNode queue(String run, String body, int status) throws Exception {
        return parsed(weir.post("/v1/runs/" + run + "/queue", body), status);
    }

    private static CompletableFuture<HttpResponse<String>> lease(String body) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return weir.post("/v1/wakes/lease", body);
            } catch (java.io.IOException | InterruptedException failed) {
                throw new IllegalStateException(failed);
            }
        });
    }

    private static JsonNode parsed(HttpResponse<String> answer, int status) throws Exception {
        assertEquals(status, answer.statusCode(), answer.body());
        assertTrue(answer.body().startsWith("{"), answer.body());
        return RunningServer.JSON.readTree(answer.body());
    }
}
