package dev.weir.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Clients that take their time to hold connections and threads. */
class SlowHttpTest {
    private static final int CONNECTIONS = 10;
    private static final Harness weir = new Harness(Map.of(
            "WEIR_HTTP_HEADER", "500ms",
            "WEIR_HTTP_BODY", "500ms",
            "WEIR_HTTP_IDLE", "5s",
            "WEIR_HTTP_CONNECTIONS", Integer.toString(CONNECTIONS)));
    private static final RawHttp http = new RawHttp(weir.port());

    @AfterAll
    static void stop() {
        weir.close();
    }

    @Test
    void aHeaderThatDoesNotComeToItsEndIsEnded() throws Exception {
        String answer = http.drip("GET /livez HTTP/1.1\r\nHost: localhost\r\nX-Slow: ", "a");

        assertTrue(answer.startsWith("HTTP/1.1 408 ") && answer.contains("too-slow"), answer);
    }

    @Test
    void aSecondHeaderOnAKeptConnectionIsHeldToTheSame() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", weir.port())) {
            socket.setSoTimeout(20_000);
            InputStream in = socket.getInputStream();
            socket.getOutputStream()
                    .write("GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\nGET".getBytes(StandardCharsets.US_ASCII));

            String both = new String(in.readAllBytes(), StandardCharsets.UTF_8);

            assertTrue(both.startsWith("HTTP/1.1 200 ") && both.contains("HTTP/1.1 408 "), both);
        }
    }

    @Test
    void aBodyThatTakesTooLongIsEnded() throws Exception {
        String answer = http.drip("POST /v1/compact HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999\r\n\r\n", "a");

        assertTrue(answer.startsWith("HTTP/1.1 408 ") && answer.contains("WEIR_HTTP_BODY"), answer);
    }

    @Test
    void aBodyThatFallsSilentIsEndedByTheIdleTime() throws Exception {
        String answer = http.send("POST /v1/compact HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\nabc");

        assertTrue(answer.startsWith("HTTP/1.1 408 ") && answer.contains("too-slow"), answer);
    }

    @Test
    void moreConnectionsThanMayBeOpenWaitForOneToClose() throws Exception {
        List<Socket> held = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            held.add(answered());
        }
        CompletableFuture<String> one = CompletableFuture.supplyAsync(() -> {
            try {
                return http.send("GET /livez HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            } catch (IOException failed) {
                throw new IllegalStateException(failed);
            }
        });

        for (Socket socket : held) {
            socket.close();
        }

        assertTrue(one.get(30, TimeUnit.SECONDS).startsWith("HTTP/1.1 200 "));
    }

    private static Socket answered() throws IOException {
        Socket socket = new Socket("127.0.0.1", weir.port());
        socket.getOutputStream()
                .write("GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        assertEquals('H', socket.getInputStream().read());
        return socket;
    }
}
