package dev.weir.cli.ship;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.weir.embedded.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HttpOutletTest {
    private final List<Integer> requests = Collections.synchronizedList(new ArrayList<>());
    private final List<String> acknowledged = Collections.synchronizedList(new ArrayList<>());
    private HttpServer server;

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            requests.add(exchange.getRequestBody().readAllBytes().length);
            exchange.sendResponseHeaders(202, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void bringsARunThatIsAllThereInOneRequest() throws Exception {
        try (HttpOutlet outlet = new HttpRoute(uri(), Map.of(), true).open("default/r", 1 << 20)) {
            send(outlet, "one");
            send(outlet, "two");

            outlet.flush();
        }

        assertEquals(List.of(4 + 3 + 4 + 3), requests);
        assertEquals(List.of("one", "two"), acknowledged);
    }

    @Test
    void waitsForNothingWhereARunGoesOn() throws Exception {
        try (HttpOutlet outlet = new HttpRoute(uri(), Map.of(), false).open("default/r", 1 << 20)) {
            send(outlet, "one");

            Await.until("it is there", () -> acknowledged.size() == 1);
        }
    }

    private void send(HttpOutlet outlet, String text) {
        byte[] value = ("frame" + text).getBytes(UTF_8);
        assertTrue(outlet.send(value, () -> acknowledged.add(text)));
    }

    private URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }
}
