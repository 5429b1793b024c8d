package dev.weir.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.embedded.Await;
import java.net.URI;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LiveIT {
    @RegisterExtension
    static final SharedServer shared = new SharedServer();

    private static RunningServer weir;

    @BeforeAll
    static void server() {
        weir = shared.weir();
    }

    /** Counts the lines it was given and those it was told it missed; reads only while it may. */
    private static final class Watching implements WebSocket.Listener {
        final AtomicLong lines = new AtomicLong();
        final AtomicLong missed = new AtomicLong();
        private final StringBuilder part = new StringBuilder();
        private boolean reading;
        private @Nullable WebSocket held;

        Watching(boolean reading) {
            this.reading = reading;
        }

        @Override
        public void onOpen(WebSocket socket) {
            next(socket);
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            part.append(data);
            if (last) {
                take(part.toString());
                part.setLength(0);
            }
            next(socket);
            return null;
        }

        private void take(String message) {
            try {
                JsonNode said = RunningServer.JSON.readTree(message);
                switch (said.path("type").asText()) {
                    case "line" -> lines.incrementAndGet();
                    case "missed" -> missed.addAndGet(said.path("count").asLong());
                    default -> assertTrue(said.has("type"), message);
                }
            } catch (com.fasterxml.jackson.core.JsonProcessingException malformed) {
                throw new IllegalStateException(message, malformed);
            }
        }

        private synchronized void next(WebSocket socket) {
            if (reading) {
                socket.request(1);
            } else {
                held = socket;
            }
        }

        synchronized void readOn() {
            reading = true;
            if (held != null) {
                held.request(1);
            }
        }
    }

    @Test
    void aStalledClientDelaysNobodyAndIsToldWhatItMissed() throws Exception {
        int posts = 30;
        int each = 1_000;
        weir.post("/v1/runs", "{\"run\":\"stalled\"}");
        Await.until("it is there", () -> weir.get("/v1/runs/stalled").statusCode() == 200);
        Watching stalled = new Watching(false);
        Watching quick = new Watching(true);
        WebSocket one = open("stalled", stalled).join();
        WebSocket other = open("stalled", quick).join();
        String line = "x".repeat(1_000) + "\n";
        String body = line.repeat(each);

        for (int i = 0; i < posts; i++) {
            assertEquals(200, weir.post("/v1/runs/stalled/lines", body).statusCode());
            long sofar = (i + 1L) * each;
            Await.until("the quick one has all", () -> quick.lines.get() == sofar);
        }
        long before = stalled.lines.get();
        stalled.readOn();
        Await.until(
                "the stalled one knows of all, and of nothing twice",
                () -> stalled.lines.get() + stalled.missed.get() == (long) posts * each);

        assertEquals(0, before);
        assertTrue(stalled.missed.get() > 0);
        assertEquals(0, quick.missed.get());
        one.abort();
        other.abort();
    }

    @Test
    void fiveHundredWatchersShareOneReaderOfThePartition() throws Exception {
        weir.post("/v1/runs", "{\"run\":\"crowded\"}");
        Await.until("it is there", () -> weir.get("/v1/runs/crowded").statusCode() == 200);
        // A client of another test that hung up is noticed when something is next said to it.
        Await.until(
                "nobody else watches any more",
                () -> weir.get("/metrics").body().contains("weir_live_readers_partitions 0.0"));
        List<Watching> watching = new ArrayList<>();
        List<CompletableFuture<WebSocket>> sockets = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            Watching one = new Watching(true);
            watching.add(one);
            sockets.add(open("crowded", one));
        }
        CompletableFuture.allOf(sockets.toArray(CompletableFuture[]::new)).join();

        String lines = IntStream.range(0, 20).mapToObj(i -> "line " + i + "\n").collect(Collectors.joining());
        weir.post("/v1/runs/crowded/lines", lines);

        Await.until("all have all", () -> watching.stream().allMatch(one -> one.lines.get() == 20));
        assertTrue(
                weir.get("/metrics").body().contains("weir_live_readers_partitions 1.0"),
                weir.get("/metrics").body());
        sockets.forEach(socket -> socket.join().abort());
        Await.until(
                "the last one stops the reader",
                () -> weir.get("/metrics").body().contains("weir_live_readers_partitions 0.0"));
    }

    private static CompletableFuture<WebSocket> open(String run, WebSocket.Listener listener) {
        URI uri = URI.create(
                weir.uri("/v1/runs/" + run + "/live?tail=1000").toString().replace("http:", "ws:"));
        return weir.client.newWebSocketBuilder().buildAsync(uri, listener);
    }
}
