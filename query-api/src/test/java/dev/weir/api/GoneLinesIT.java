package dev.weir.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.embedded.Await;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Raw lines that have left the topic, as retention makes them, while the run's templates are still there. */
class GoneLinesIT {
    @RegisterExtension
    static final SharedServer shared = new SharedServer();

    private static RunningServer weir;

    @BeforeAll
    static void server() {
        weir = shared.weir();
    }

    @Test
    void whoComesBackToLinesThatAreGoneIsToldSoAndTemplatesKeepASample() throws Exception {
        weir.post("/v1/runs/aged/lines", RunningServer.workers(3));
        weir.counted("aged", 3);
        String id = lastId(weir.get("/v1/runs/aged/events?tail=5").body());
        weir.post("/v1/runs/aged/lines", RunningServer.workers(40));
        weir.counted("aged", 43);

        deleteLines();

        ConcurrentLinkedQueue<String> told = new ConcurrentLinkedQueue<>();
        HttpRequest back = HttpRequest.newBuilder(weir.uri("/v1/runs/aged/events?lines=true"))
                .header("Last-Event-ID", id)
                .build();
        // What the server knows of the topic's beginning may be some seconds old.
        Await.until("the reset", () -> {
            told.clear();
            try (Stream<String> events =
                    weir.client.send(back, HttpResponse.BodyHandlers.ofLines()).body()) {
                events.takeWhile(line -> !line.startsWith("event: status")).forEach(told::add);
            }
            return told.toString().contains("{\"why\":\"lines-gone\"}");
        });
        JsonNode expanded = weir.json("/v1/runs/aged/templates/0/lines?n=3");

        assertTrue(told.contains("event: reset"), told.toString());
        assertEquals("lines-gone", expanded.path("note").asText(), expanded.toString());
        assertEquals("worker 0 started", expanded.path("sample").asText(), expanded.toString());
        assertEquals(43, weir.json("/v1/runs/aged").at("/accounting/counted").asInt());
        assertEquals(List.of(), weir.lines("/v1/runs/aged/lines"));
        // A server learns from writing that a watcher is gone, and another test counts the watchers.
        Await.until("the server knows that nobody watches any more", () -> {
            weir.post("/v1/runs/aged/lines", RunningServer.workers(1));
            return weir.get("/metrics").body().contains("weir_live_readers_partitions 0.0");
        });
    }

    private static String lastId(String events) {
        return events.lines()
                .filter(line -> line.startsWith("id: "))
                .reduce((one, other) -> other)
                .orElseThrow()
                .substring(4);
    }

    /** All there are now, of every run: other tests read theirs before they end. */
    private static void deleteLines() throws Exception {
        try (Admin admin = shared.kafka().admin()) {
            Map<TopicPartition, RecordsToDelete> all = IntStream.range(0, 2)
                    .boxed()
                    .collect(Collectors.toMap(
                            partition -> new TopicPartition("weir.lines", partition),
                            partition -> RecordsToDelete.beforeOffset(-1)));
            admin.deleteRecords(all).all().get();
        }
    }
}
