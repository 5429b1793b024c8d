package dev.weir.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.embedded.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class EventsIT {
    @RegisterExtension
    static final SharedServer shared = new SharedServer();

    private static RunningServer weir;

    private static final ConcurrentLinkedQueue<Stream<String>> open = new ConcurrentLinkedQueue<>();

    @AfterAll
    static void hangUp() {
        open.forEach(Stream::close);
    }

    @BeforeAll
    static void server() {
        weir = shared.weir();
    }

    @Test
    void eventsTellEveryChangeAndResumeWhereTheyWereCutOff() throws Exception {
        weir.post("/v1/runs/evented/lines", RunningServer.workers(3));
        weir.counted("evented", 3);
        String once = weir.get("/v1/runs/evented/events?tail=5").body();
        String cursor = once.lines()
                .filter(line -> line.startsWith("id: "))
                .findFirst()
                .orElseThrow()
                .substring(4);
        weir.post("/v1/runs/evented/lines", "ERROR disk full on sda1\n");
        weir.counted("evented", 4);

        ConcurrentLinkedQueue<String> told = listen("/v1/runs/evented/events", cursor);
        Await.until("the change is told", () -> told.toString().contains("disk full"));
        weir.post("/v1/runs/evented/end", "{\"exitCode\":1}");
        Await.until("the end is told", () -> told.toString().contains("failed"));

        assertTrue(once.contains("event: template") && once.contains("worker"), once);
        assertFalse(told.toString().contains("worker"), told.toString());
    }

    @Test
    void wakesAndLinesAreToldAndAClientThatComesBackIsToldNoneOfThemTwice() throws Exception {
        weir.post("/v1/runs/woken/lines", "INFO one\n");
        weir.counted("woken", 1);
        ConcurrentLinkedQueue<String> first = listen("/v1/runs/woken/events?lines=true", "");
        Await.until("it listens", () -> first.toString().contains("event: status"));
        weir.post("/v1/runs/woken/lines", "INFO two\n");
        weir.post("/v1/runs/woken/queue", "{\"message\":\"look\",\"delay\":\"1h\"}");
        Await.until("the line is told", () -> first.toString().contains("\"text\":\"INFO two\""));
        Await.until("the wake is told", () -> first.toString().contains("\"message\":\"look\""));
        Await.until("the counts are told", () -> first.toString().contains("\"counted\":2"));
        String last = first.stream()
                .filter(line -> line.startsWith("id: "))
                .reduce((one, other) -> other)
                .orElseThrow();

        ConcurrentLinkedQueue<String> then = listen("/v1/runs/woken/events?lines=true", last.substring(4));
        weir.post("/v1/runs/woken/lines", "INFO three\n");
        weir.post("/v1/runs/woken/queue", "{\"message\":\"again\",\"delay\":\"1h\"}");
        Await.until("the line is told", () -> then.toString().contains("\"text\":\"INFO three\""));
        Await.until("the wake is told", () -> then.toString().contains("\"message\":\"again\""));

        assertFalse(first.toString().contains("\"text\":\"INFO one\""), first.toString());
        assertFalse(then.toString().contains("\"text\":\"INFO two\""), then.toString());
        assertFalse(then.toString().contains("\"message\":\"look\""), then.toString());
        assertFalse(then.toString().contains("event: reset"), then.toString());
        assertEquals(
                1,
                first.stream()
                        .filter(line -> line.contains("\"message\":\"look\""))
                        .count(),
                first.toString());
    }

    @Test
    void anIdThatSaysNothingAnyMoreIsToldAsAReset() throws Exception {
        weir.post("/v1/runs/renewed/lines", "INFO one\n");
        weir.counted("renewed", 1);

        ConcurrentLinkedQueue<String> told = listen("/v1/runs/renewed/events", "4711");
        Await.until("everything is told", () -> told.toString().contains("event: status"));

        assertTrue(told.toString().contains("{\"why\":\"unknown-id\"}"), told.toString());
        assertTrue(told.toString().contains("INFO one"), told.toString());
        assertEquals(400, weir.get("/v1/runs/renewed/events?tail=1&lines=true").statusCode());
    }

    private static ConcurrentLinkedQueue<String> listen(String path, String lastId) {
        ConcurrentLinkedQueue<String> told = new ConcurrentLinkedQueue<>();
        Thread reader = new Thread(() -> sse(path, lastId, told));
        reader.setDaemon(true);
        reader.start();
        return told;
    }

    private static void sse(String path, String lastId, ConcurrentLinkedQueue<String> told) {
        try {
            Stream<String> lines = weir.client
                    .send(
                            HttpRequest.newBuilder(weir.uri(path))
                                    .header("Last-Event-ID", lastId)
                                    .build(),
                            HttpResponse.BodyHandlers.ofLines())
                    .body();
            open.add(lines);
            lines.forEach(told::add);
        } catch (IOException | InterruptedException | UncheckedIOException left) {
            told.add("over");
        }
    }
}
