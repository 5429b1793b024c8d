package dev.weir.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LinesIT {
    @RegisterExtension
    static final SharedServer shared = new SharedServer();

    private static RunningServer weir;

    @BeforeAll
    static void server() {
        weir = shared.weir();
    }

    @Test
    void readsLinesFromEitherEndFilteredOnTheServer() throws Exception {
        String many = IntStream.range(0, 5_000)
                .mapToObj(i -> (i % 1_000 == 0 ? "ERROR step " : "INFO step ") + i + "\n")
                .collect(Collectors.joining());
        weir.post("/v1/runs/long/lines", many);
        weir.counted("long", 5_000);

        assertEquals(5_000, weir.lines("/v1/runs/long/lines").size());
        assertEquals(
                List.of("INFO step 4998", "INFO step 4999"),
                weir.lines("/v1/runs/long/lines?tail=2").stream()
                        .map(line -> line.get("text").asText())
                        .toList());
        assertEquals(400, weir.get("/v1/runs/long/lines?around=-1.0").statusCode());
        assertEquals(400, weir.get("/v1/runs/long/lines?from=1m&to=5m").statusCode());
        assertEquals(5, weir.lines("/v1/runs/long/lines?level=error").size());
        assertEquals(1, weir.lines("/v1/runs/long/lines?q=step+4321").size());
        JsonNode hit = weir.lines("/v1/runs/long/lines?q=step+4321").get(0);
        List<JsonNode> around = weir.lines(
                "/v1/runs/long/lines?n=1&around=" + hit.get("position").asText());
        assertEquals(
                List.of("INFO step 4320", "INFO step 4321", "INFO step 4322"),
                around.stream().map(line -> line.get("text").asText()).toList());
    }

    @Test
    void expandsATemplateToItsLines() throws Exception {
        weir.post(
                "/v1/runs/expanded/lines",
                RunningServer.workers(20) + "ERROR disk full on sda1\n  at here\nworker 99 started\n");
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
                    .map(RunningServer::parse)
                    .filter(line -> line.has("text"))
                    .forEach(line -> seen.add(line.get("text").asText()));
        } catch (java.io.IOException | InterruptedException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
