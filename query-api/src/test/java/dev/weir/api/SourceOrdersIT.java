package dev.weir.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.embedded.Await;
import java.net.http.HttpResponse;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SourceOrdersIT {
    private static final String RUN = "/v1/runs/tailed";

    @RegisterExtension
    static final SharedServer shared = new SharedServer();

    private static RunningServer weir;

    @BeforeAll
    static void server() throws Exception {
        weir = shared.weir();
        for (String run : new String[] {"untailed", "tailed"}) {
            weir.post("/v1/runs", "{\"run\":\"" + run + "\"}");
            Await.until("the run is there", () -> weir.get("/v1/runs/" + run).statusCode() == 200);
        }
    }

    @Test
    void withoutATailNobodyIsAsked() throws Exception {
        HttpResponse<String> answer = weir.post("/v1/runs/untailed/sources", "{\"source\":\"/var/log/app.log\"}");

        assertEquals(409, answer.statusCode(), answer.body());
        assertTrue(answer.body().contains("no-tail"), answer.body());
    }

    @Test
    void anOrderReachesTheTailAndItsWordComesBack() throws Exception {
        later(() -> weir.get(RUN + "/orders?wait=1ms")).get();

        CompletableFuture<HttpResponse<String>> stopping = later(() -> weir.delete(RUN + "/sources/app.log%232"));
        JsonNode order = next();
        HttpResponse<String> acknowledged = weir.post(
                RUN + "/orders/" + order.get("id").asText(),
                "{\"ok\":false,\"code\":\"source-unknown\",\"detail\":\"app.log#2 is not followed\"}");
        CompletableFuture<HttpResponse<String>> starting = later(() -> start("b.log"));
        JsonNode other = next();
        weir.post(RUN + "/orders/" + other.get("id").asText(), "{\"ok\":true}");

        assertEquals(204, acknowledged.statusCode(), acknowledged.body());
        assertEquals(
                "stop app.log#2",
                order.get("kind").asText() + " " + order.get("source").asText());
        assertEquals(404, stopping.get().statusCode());
        assertTrue(
                stopping.get().body().contains("app.log#2 is not followed"),
                stopping.get().body());
        assertEquals(200, starting.get().statusCode(), starting.get().body());
        assertEquals(
                404,
                weir.post(RUN + "/orders/" + other.get("id").asText(), "{\"ok\":true}")
                        .statusCode());
        assertEquals(
                400,
                weir.post(RUN + "/orders/any", "{\"ok\":false,\"code\":\"other\"}")
                        .statusCode());
    }

    @Test
    void aSourceWithSlashesCanBeStopped() throws Exception {
        later(() -> weir.get(RUN + "/orders?wait=1ms")).get();

        CompletableFuture<HttpResponse<String>> stopping =
                later(() -> weir.delete(RUN + "/sources?source=%2Fvar%2Flog%2Fapp.log"));
        JsonNode order = next();
        weir.post(RUN + "/orders/" + order.get("id").asText(), "{\"ok\":true}");

        assertEquals("/var/log/app.log", order.get("source").asText());
        assertEquals(200, stopping.get().statusCode(), stopping.get().body());
    }

    @Test
    void countsLinesPerMinuteByLevel() throws Exception {
        weir.post("/v1/runs/volume/lines", "INFO one\nINFO two\nERROR three\n");
        weir.counted("volume", 3);

        JsonNode volume = weir.json("/v1/runs/volume/volume?window=10m&steps=5");

        assertEquals(3, sum(volume.get("lines")), volume.toString());
        assertEquals(1, sum(volume.at("/levels/ERROR")), volume.toString());
        assertEquals(2, sum(volume.at("/levels/INFO")), volume.toString());
        assertTrue(volume.get("lines").size() <= 5, volume.toString());
    }

    private static long sum(JsonNode counts) {
        long sum = 0;
        for (JsonNode count : counts) {
            sum += count.asLong();
        }
        return sum;
    }

    private static JsonNode next() throws Exception {
        return weir.json(RUN + "/orders?wait=20s").at("/orders/0");
    }

    private static HttpResponse<String> start(String source) throws Exception {
        return weir.post(RUN + "/sources", "{\"source\":\"" + source + "\"}");
    }

    private static CompletableFuture<HttpResponse<String>> later(Callable<HttpResponse<String>> request) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return request.call();
            } catch (Exception failed) {
                throw new IllegalStateException(failed);
            }
        });
    }
}
