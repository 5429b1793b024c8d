package dev.weir.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A run's own bytes: there exactly, and gone when it is told to go. */
class ForgetIT {
    @RegisterExtension
    static final SharedServer shared = new SharedServer();

    private static RunningServer weir;

    @BeforeAll
    static void server() {
        weir = shared.weir();
    }

    @Test
    void aForgottenRunIsGoneAtOnceAndWhatComesLaterBeginsAnew() throws Exception {
        weir.post("/v1/runs/secret/lines", "password is hunter2\n");
        weir.counted("secret", 1);

        HttpResponse<String> forgotten = weir.delete("/v1/runs/secret");

        assertEquals(204, forgotten.statusCode(), forgotten.body());
        for (String path :
                new String[] {"", "/snapshot", "/lines", "/templates/0", "/templates/0/lines", "/bytes", "/volume"}) {
            assertEquals(404, weir.get("/v1/runs/secret" + path).statusCode(), path);
        }
        assertEquals(404, weir.delete("/v1/runs/secret").statusCode());
        assertFalse(weir.get("/v1/runs?limit=1000").body().contains("\"secret\""));
        weir.post("/v1/runs/secret/lines", "harmless\n");
        weir.counted("secret", 1);
        String lines = weir.get("/v1/runs/secret/lines").body();
        assertTrue(lines.contains("harmless") && !lines.contains("hunter2"), lines);
    }

    @Test
    void aSourcesBytesComeBackAsTheyWere() throws Exception {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        Random random = new Random(5);
        for (int line = 0; line < 5_000; line++) {
            byte[] bytes = new byte[random.nextInt(300)];
            random.nextBytes(bytes);
            all.writeBytes(bytes);
            all.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        all.writeBytes("no newline".getBytes(StandardCharsets.US_ASCII));
        for (int twice = 0; twice < 2; twice++) {
            HttpResponse<String> answer = weir.client.send(
                    HttpRequest.newBuilder(weir.uri("/v1/runs/exact/lines?source=out&seq=0"))
                            .POST(HttpRequest.BodyPublishers.ofByteArray(all.toByteArray()))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertEquals(200, answer.statusCode(), answer.body());
        }
        weir.post("/v1/runs/exact/lines?source=err&seq=5", "of another source\n");
        dev.weir.embedded.Await.until(
                "both are there",
                () -> weir.json("/v1/runs/exact").get("sources").size() == 2);

        byte[] whole = bytes("/v1/runs/exact/bytes?source=out");
        byte[] first = bytes("/v1/runs/exact/bytes?source=out&from=0&to=1");
        byte[] rest = bytes("/v1/runs/exact/bytes?source=out&from=1");

        assertArrayEquals(all.toByteArray(), whole);
        assertEquals(whole.length, first.length + rest.length);
        HttpResponse<String> hole = weir.get("/v1/runs/exact/bytes?source=err");
        assertEquals(409, hole.statusCode(), hole.body());
        assertEquals(
                "of another source\n",
                weir.get("/v1/runs/exact/bytes?source=err&from=5").body());
        assertEquals(400, weir.get("/v1/runs/exact/bytes?source=none").statusCode());
    }

    private static byte[] bytes(String path) throws Exception {
        return weir.client
                .send(HttpRequest.newBuilder(weir.uri(path)).build(), HttpResponse.BodyHandlers.ofByteArray())
                .body();
    }
}
