package dev.weir.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.embedded.Await;
import java.net.http.WebSocket;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SocketIT {
    @RegisterExtension
    static final SharedServer shared = new SharedServer();

    private static RunningServer weir;

    @BeforeAll
    static void server() {
        weir = shared.weir();
    }

    @Test
    void aWebSocketWatchesSeveralRunsHistoryFirst() throws Exception {
        ConcurrentLinkedQueue<JsonNode> said = new ConcurrentLinkedQueue<>();
        weir.post("/v1/runs/live-1/lines", RunningServer.workers(5));
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
    void aRefusedUpgradeIsAProblemAndAnAcceptedOneSetsNoCookie() throws Exception {
        RawHttp http = new RawHttp(weir.server.port());
        String upgrade = "Connection: Upgrade, close\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

        String unknown =
                http.first("GET /v1/runs/any/live?tial=3 HTTP/1.1\r\nHost: localhost\r\n" + upgrade, "known are");
        String foreign = http.first("GET /v1/runs/any/live HTTP/1.1\r\nHost: evil.example\r\n" + upgrade, "}");
        String plain = http.ask("GET /v1/runs/any/live HTTP/1.1", "", "");
        String accepted = http.first("GET /v1/runs/any/live HTTP/1.1\r\nHost: localhost\r\n" + upgrade, "\r\n\r\n");

        assertTrue(unknown.startsWith("HTTP/1.1 400 ") && unknown.contains("did you mean 'tail'?"), unknown);
        assertTrue(unknown.contains("X-Content-Type-Options: nosniff"), unknown);
        assertTrue(foreign.startsWith("HTTP/1.1 403 ") && foreign.contains("\"code\":\"foreign-host\""), foreign);
        assertTrue(plain.startsWith("HTTP/1.1 426 ") && plain.contains("Upgrade: websocket"), plain);
        assertTrue(accepted.startsWith("HTTP/1.1 101 "), accepted);
        assertFalse(accepted.contains("Set-Cookie"), accepted);
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
                            said.add(RunningServer.parse(part.toString()));
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
}
