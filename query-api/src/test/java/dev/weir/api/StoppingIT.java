package dev.weir.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.embedded.Await;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A server that stops while clients listen: everything they wait for ends, and says why. */
class StoppingIT {
    private static final long SECONDS = 60;

    @RegisterExtension
    static final SharedServer shared = new SharedServer();

    @TempDir
    Path state;

    @Test
    void streamsWaitsAndSocketsEndWithTheServer() throws Exception {
        RunningServer weir =
                new RunningServer(shared.kafka(), state, Map.of("WEIR_APPLICATION_ID", "weir-stopping")).ready();
        weir.post("/v1/runs/stopping/lines", RunningServer.workers(3));
        weir.counted("stopping", 3);

        Heard lines = new Heard(weir, "/v1/runs/stopping/lines?follow=true");
        Heard events = new Heard(weir, "/v1/runs/stopping/events");
        Heard wait = new Heard(weir, "/v1/runs/stopping/wait?until=exit&timeout=5m");
        Closed socket = new Closed();
        weir.client
                .newWebSocketBuilder()
                .buildAsync(
                        URI.create(weir.uri("/v1/runs/stopping/live").toString().replace("http:", "ws:")), socket)
                .join();
        Await.until("lines are followed", () -> lines.said.toString().contains("worker 2 started"));
        Await.until("events are followed", () -> events.said.toString().contains("event: status"));
        Await.until("the socket is followed", () -> socket.said.toString().contains("worker 2 started"));

        weir.close();

        assertEquals(200, lines.status.get(SECONDS, TimeUnit.SECONDS));
        assertEquals(200, events.status.get(SECONDS, TimeUnit.SECONDS));
        assertEquals(503, wait.status.get(SECONDS, TimeUnit.SECONDS), wait.said.toString());
        assertTrue(wait.said.toString().contains("\"code\":\"stopping\""), wait.said.toString());
        assertEquals(1001, socket.code.get(SECONDS, TimeUnit.SECONDS));
    }

    /** An answer that is being read; its status is known once it has ended in order. */
    private static final class Heard {
        private final ConcurrentLinkedQueue<String> said = new ConcurrentLinkedQueue<>();
        private final CompletableFuture<Integer> status;

        Heard(RunningServer weir, String path) {
            status = weir.client
                    .sendAsync(HttpRequest.newBuilder(weir.uri(path)).build(), HttpResponse.BodyHandlers.ofLines())
                    .thenApplyAsync(answer -> {
                        try (Stream<String> all = answer.body()) {
                            all.forEach(said::add);
                        }
                        return answer.statusCode();
                    });
        }
    }

    private static final class Closed implements WebSocket.Listener {
        private final ConcurrentLinkedQueue<String> said = new ConcurrentLinkedQueue<>();
        private final CompletableFuture<Integer> code = new CompletableFuture<>();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            said.add(data.toString());
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
            code.complete(status);
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable broken) {
            code.completeExceptionally(broken);
        }
    }
}
