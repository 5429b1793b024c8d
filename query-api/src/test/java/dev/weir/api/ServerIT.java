package dev.weir.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.embedded.Await;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ServerIT {
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
        String lines = weir.post("/v1/runs/posted/lines", workers(3) + "ERROR disk full on sda1\n")
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
            weir.post("/v1/runs/again/lines", workers(10), "Idempotency-Key", "first");
            weir.post("/v1/runs/again/lines?source=mine&epoch=1&seq=0", workers(5));
        }
        weir.post("/v1/runs/again/lines?source=mine&epoch=2&seq=3", workers(4));
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

        List<JsonNode> lines = lines("/v1/runs/packed/lines");

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

    @Test
    void readsLinesFromEitherEndFilteredOnTheServer() throws Exception {
        String many = IntStream.range(0, 5_000)
                .mapToObj(i -> (i % 1_000 == 0 ? "ERROR step " : "INFO step ") + i + "\n")
                .collect(Collectors.joining());
        weir.post("/v1/runs/long/lines", many);
        weir.counted("long", 5_000);

        assertEquals(5_000, lines("/v1/runs/long/lines").size());
        assertEquals(
                List.of("INFO step 4998", "INFO step 4999"),
                lines("/v1/runs/long/lines?tail=2").stream()
                        .map(line -> line.get("text").asText())
                        .toList());
        assertEquals(5, lines("/v1/runs/long/lines?level=error").size());
        assertEquals(1, lines("/v1/runs/long/lines?q=step+4321").size());
        JsonNode hit = lines("/v1/runs/long/lines?q=step+4321").get(0);
        List<JsonNode> around =
                lines("/v1/runs/long/lines?n=1&around=" + hit.get("position").asText());
        assertEquals(
                List.of("INFO step 4320", "INFO step 4321", "INFO step 4322"),
                around.stream().map(line -> line.get("text").asText()).toList());
    }

    @Test
    void expandsATemplateToItsLines() throws Exception {
        weir.post("/v1/runs/expanded/lines", workers(20) + "ERROR disk full on sda1\n  at here\nworker 99 started\n");
        weir.counted("expanded", 23);
        JsonNode templates = weir.json("/v1/runs/expanded/snapshot?sort=count").get("templates");
        int worker = templates.get(0).get("id").asInt();

        JsonNode full = weir.json("/v1/runs/expanded/templates/" + worker);
        JsonNode lines = weir.json("/v1/runs/expanded/templates/" + worker + "/lines?n=3&context=1");

        assertEquals(21, full.get("count").asInt(), full.toString());
        assertEquals(3, lines.get("lines").size(), lines.toString());
        assertEquals("worker 99 started", lines.at("/lines/0/text").asText());
        assertTrue(lines.at("/lines/0/certain").asBoolean());
        assertEquals("  at here", lines.at("/lines/0/before/0/text").asText());
        assertEquals("worker 19 started", lines.at("/lines/1/text").asText());
        assertEquals(404, weir.get("/v1/runs/expanded/templates/4711").statusCode());
    }

    @Test
    void givesRawLinesWhereTheyFitTheBudgetAndElseTheLastErrorVerbatim() throws Exception {
        String trace = "ERROR request failed\n"
                + "java.lang.IllegalStateException: no\n"
                + "\tat a.B.c(B.java:1)\n"
                + "\tat a.B.d(B.java:2)\n";
        weir.post("/v1/runs/raw/lines", trace);
        weir.post("/v1/runs/cut/lines", workers(500) + trace + workers(3));
        weir.counted("raw", 4);
        weir.counted("cut", 507);

        JsonNode raw = weir.json("/v1/runs/raw/snapshot?budget=1000");
        JsonNode cut = weir.json("/v1/runs/cut/snapshot?budget=1000");

        assertEquals("raw", raw.get("mode").asText(), raw.toString());
        assertEquals("\tat a.B.d(B.java:2)", raw.at("/lines/3").asText());
        assertEquals(0, raw.get("templates").size());
        assertEquals("templates", cut.get("mode").asText());
        assertTrue(cut.at("/errorBlock/lines").toString().contains("a.B.d(B.java:2)"), cut.toString());
    }

    @Test
    void followsHistoryThenLiveWithoutGapOrRepeat() throws Exception {
        int total = 3_000;
        ConcurrentLinkedQueue<String> seen = new ConcurrentLinkedQueue<>();
        for (int at = 0; at < 1_000; at += 100) {
            post("follow", at);
        }
        weir.counted("follow", 1_000);
        Thread reader = new Thread(() -> follow("/v1/runs/follow/lines?follow=true", seen));
        reader.start();
        for (int at = 1_000; at < total; at += 100) {
            post("follow", at);
        }
        weir.post("/v1/runs/follow/end", "{\"exitCode\":0}");
        reader.join(60_000);

        List<String> expected =
                IntStream.range(0, total).mapToObj(i -> "line " + i).toList();
        assertEquals(expected, List.copyOf(seen));
    }

    @Test
    void aWebSocketWatchesSeveralRunsHistoryFirst() throws Exception {
        ConcurrentLinkedQueue<JsonNode> said = new ConcurrentLinkedQueue<>();
        weir.post("/v1/runs/live-1/lines", workers(5));
        weir.post("/v1/runs/live-2/lines", "INFO one\nERROR two\n");
        weir.counted("live-1", 5);
        weir.counted("live-2", 2);

        WebSocket socket = socket("/v1/runs/live-1/live?tail=3", said);
        socket.sendText("{\"type\":\"subscribe\",\"run\":\"live-2\",\"level\":\"error\"}", true)
                .join();
        socket.sendText("{\"type\":\"dance\"}", true).join();
        Await.until(
                "history",
                () -> texts(said).contains("ERROR two") && texts(said).contains("worker 4 started"));
        weir.post("/v1/runs/live-1/lines", "and live\n");
        weir.post("/v1/runs/live-1/end", "{\"exitCode\":0}");
        Await.until(
                "the end",
                () -> said.stream().anyMatch(one -> one.path("type").asText().equals("end")));

        assertEquals(
                List.of("worker 2 started", "worker 3 started", "worker 4 started", "and live"),
                said.stream()
                        .filter(one -> one.path("run").asText().equals("live-1") && one.has("text"))
                        .map(one -> one.get("text").asText())
                        .toList());
        assertFalse(texts(said).contains("INFO one"));
        assertTrue(said.toString().contains("use subscribe, unsubscribe"), said.toString());
        socket.abort();
    }

    @Test
    void aWebSocketOfAnotherSiteIsRefused() {
        WebSocket.Builder builder = weir.client.newWebSocketBuilder().header("Origin", "https://evil.example");

        java.util.concurrent.CompletionException refused = org.junit.jupiter.api.Assertions.assertThrows(
                java.util.concurrent.CompletionException.class,
                () -> builder.buildAsync(live("/v1/runs/any/live"), new WebSocket.Listener() {})
                        .join());

        assertTrue(String.valueOf(refused.getCause()).contains("WebSocketHandshakeException"), refused.toString());
    }

    @Test
    void eventsTellEveryChangeAndResumeWhereTheyWereCutOff() throws Exception {
        weir.post("/v1/runs/evented/lines", workers(3));
        weir.counted("evented", 3);
        String once = weir.get("/v1/runs/evented/events?tail=5").body();
        String cursor = once.lines()
                .filter(line -> line.startsWith("id: "))
                .findFirst()
                .orElseThrow()
                .substring(4);
        weir.post("/v1/runs/evented/lines", "ERROR disk full on sda1\n");
        weir.counted("evented", 4);

        ConcurrentLinkedQueue<String> told = new ConcurrentLinkedQueue<>();
        Thread reader = new Thread(() -> sse("/v1/runs/evented/events", cursor, told));
        reader.setDaemon(true);
        reader.start();
        Await.until("the change is told", () -> told.toString().contains("disk full"));
        weir.post("/v1/runs/evented/end", "{\"exitCode\":1}");
        Await.until("the end is told", () -> told.toString().contains("failed"));

        assertTrue(once.contains("event: template") && once.contains("worker"), once);
        assertFalse(told.toString().contains("worker"), told.toString());
    }

    @Test
    void comparesARunWithItsJobsLastGoodOne() throws Exception {
        run("good", workers(50) + "all tests passed\n", 0);
        run("bad", workers(5) + "ERROR disk full on sda1\n", 1);

        JsonNode diff = weir.json("/v1/diff?run=bad&baseline=last-good");

        assertEquals("good", diff.at("/a/run").asText(), diff.toString());
        assertTrue(diff.at("/new/templates/0/text").asText().contains("disk full"), diff.toString());
        assertTrue(diff.at("/gone/templates/0/text").asText().contains("passed"), diff.toString());
        assertEquals(400, weir.get("/v1/diff?a=good").statusCode());
        assertEquals(404, weir.get("/v1/diff?a=good&b=absent").statusCode());
    }

    @Test
    void waitsForALineThatMatches() throws Exception {
        weir.post("/v1/runs/matched/lines", workers(3));
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

    private static java.net.URI live(String path) {
        return java.net.URI.create(weir.uri(path).toString().replace("http:", "ws:"));
    }

    private static WebSocket socket(String path, ConcurrentLinkedQueue<JsonNode> said) {
        StringBuilder part = new StringBuilder();
        return weir.client
                .newWebSocketBuilder()
                .buildAsync(live(path), new WebSocket.Listener() {
                    @Override
                    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
                        part.append(data);
                        if (last) {
                            said.add(parse(part.toString()));
                            part.setLength(0);
                        }
                        socket.request(1);
                        return null;
                    }
                })
                .join();
    }

    private static List<String> texts(ConcurrentLinkedQueue<JsonNode> said) {
        return said.stream().map(one -> one.path("text").asText()).toList();
    }

    private static void sse(String path, String lastId, ConcurrentLinkedQueue<String> told) {
        try {
            weir.client
                    .send(
                            HttpRequest.newBuilder(weir.uri(path))
                                    .header("Last-Event-ID", lastId)
                                    .build(),
                            HttpResponse.BodyHandlers.ofLines())
                    .body()
                    .forEach(told::add);
        } catch (java.io.IOException | InterruptedException | java.io.UncheckedIOException serverStopped) {
            told.add("over");
        }
    }

    private static void post(String run, int from) throws Exception {
        String body = IntStream.range(from, from + 100)
                .mapToObj(i -> "line " + i + "\n")
                .collect(Collectors.joining());
        for (int twice = 0; twice < 2; twice++) {
            assertEquals(
                    200,
                    weir.post("/v1/runs/" + run + "/lines?source=s&seq=" + from, body)
                            .statusCode());
        }
    }

    private static void follow(String path, ConcurrentLinkedQueue<String> seen) {
        try {
            weir.client
                    .send(HttpRequest.newBuilder(weir.uri(path)).build(), HttpResponse.BodyHandlers.ofLines())
                    .body()
                    .filter(line -> !line.isBlank())
                    .map(ServerIT::parse)
                    .filter(line -> line.has("text"))
                    .forEach(line -> seen.add(line.get("text").asText()));
        } catch (java.io.IOException | InterruptedException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static List<JsonNode> lines(String path) throws Exception {
        HttpResponse<String> answer = weir.get(path);
        assertEquals(200, answer.statusCode(), answer.body());
        return answer.body()
                .lines()
                .filter(line -> !line.isBlank())
                .map(ServerIT::parse)
                .toList();
    }

    private static JsonNode parse(String line) {
        try {
            return RunningServer.JSON.readTree(line);
        } catch (com.fasterxml.jackson.core.JsonProcessingException malformed) {
            throw new IllegalStateException(line, malformed);
        }
    }

    private static JsonNode source(JsonNode sources, String name) {
        for (JsonNode source : sources.get("sources")) {
            if (source.get("name").asText().equals(name)) {
                return source;
            }
        }
        throw new AssertionError(sources.toString());
    }

    private static String workers(int number) {
        return IntStream.range(0, number)
                .mapToObj(i -> "worker " + i + " started\n")
                .collect(Collectors.joining());
    }
}
