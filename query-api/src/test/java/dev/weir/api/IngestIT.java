package dev.weir.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.embedded.Await;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class IngestIT {
    @RegisterExtension
    static final SharedServer shared = new SharedServer();

    private static RunningServer weir;

    @BeforeAll
    static void server() {
        weir = shared.weir();
    }

    @Test
    void whatIsPostedComesBackInASnapshot() throws Exception {
        assertEquals(
                201,
                weir.post("/v1/runs", "{\"run\":\"posted\",\"job\":\"nightly\"}")
                        .statusCode());
        String lines = weir.post("/v1/runs/posted/lines", RunningServer.workers(3) + "ERROR disk full on sda1\n")
                .body();
        weir.post("/v1/runs/posted/end", "{\"exitCode\":3}");
        weir.counted("posted", 4);
        Await.until(
                "it has failed",
                () -> weir.json("/v1/runs/posted").get("status").asText().equals("failed"));

        JsonNode snapshot = weir.json("/v1/runs/posted/snapshot");

        assertTrue(lines.contains("\"lines\":4"), lines);
        assertEquals("ERROR", snapshot.at("/templates/0/level").asText(), snapshot.toString());
        assertEquals(3, snapshot.at("/templates/1/count").asInt(), snapshot.toString());
        assertEquals(3, snapshot.at("/run/exitCode").asInt());
        assertEquals("nightly", snapshot.at("/run/job").asText());
        assertTrue(weir.get("/v1/runs").body().contains("\"posted\""));
    }

    @Test
    void aRequestThatIsSentAgainCountsOnce() throws Exception {
        for (int i = 0; i < 3; i++) {
            weir.post("/v1/runs/again/lines", RunningServer.workers(10), "Idempotency-Key", "first");
            weir.post("/v1/runs/again/lines?source=mine&epoch=1&seq=0", RunningServer.workers(5));
        }
        weir.post("/v1/runs/again/lines?source=mine&epoch=2&seq=3", RunningServer.workers(4));
        weir.counted("again", 17);

        JsonNode run = weir.json("/v1/runs/again");

        assertEquals(17, run.at("/accounting/read").asInt(), run.toString());
        assertEquals(0, run.at("/accounting/gaps").asInt());
        JsonNode mine = source(weir.json("/v1/runs/again/sources"), "mine");
        assertEquals(7, mine.get("nextSeq").asInt());
    }

    @Test
    void takesGzipAndNdjsonAndKeepsBytes() throws Exception {
        String body = "{\"text\":\"plain\",\"time\":\"2026-01-01T00:00:00Z\"}\n{\"bytes\":\"/wD+\"}\n";
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(body.getBytes(StandardCharsets.UTF_8));
        }
        HttpResponse<String> answer = weir.client.send(
                HttpRequest.newBuilder(weir.uri("/v1/runs/packed/lines"))
                        .headers("Content-Encoding", "gzip", "Content-Type", "application/x-ndjson")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(packed.toByteArray()))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertEquals(200, answer.statusCode(), answer.body());
        weir.counted("packed", 2);

        List<JsonNode> lines = weir.lines("/v1/runs/packed/lines");

        assertEquals("plain", lines.get(0).get("text").asText());
        assertEquals("2026-01-01T00:00:00.000Z", lines.get(0).get("read").asText());
        assertEquals("/wD+", lines.get(1).get("bytes").asText());
    }

    @Test
    void refusesABodyThatUnpacksToTooMuch() throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(new byte[8 << 20]);
        }
        HttpResponse<String> answer = weir.client.send(
                HttpRequest.newBuilder(weir.uri("/v1/runs/bomb/lines"))
                        .header("Content-Encoding", "gzip")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(packed.toByteArray()))
                        .build(),
                HttpResponse.BodyHandlers.ofString());

        assertEquals(413, answer.statusCode(), answer.body());
        assertEquals(404, weir.get("/v1/runs/bomb").statusCode());
    }

    private static JsonNode source(JsonNode sources, String name) {
        for (JsonNode source : sources.get("sources")) {
            if (source.get("name").asText().equals(name)) {
                return source;
            }
        }
        throw new AssertionError(sources.toString());
    }
}
