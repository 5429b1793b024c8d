package dev.weir.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Answers every registration with the same id, and as a node that names itself as the registry. */
final class FakeRegistry implements AutoCloseable {
    private final HttpServer server;

    private FakeRegistry(HttpServer server) {
        this.server = server;
    }

    static FakeRegistry start() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        FakeRegistry registry = new FakeRegistry(server);
        registry.answer("/subjects/weir.lines-value/versions", "{\"id\":7}");
        registry.answer(
                "/v1/node",
                "{\"bootstrapServers\":\"127.0.0.1:9\",\"schemaRegistryUrl\":\"" + registry.url()
                        + "\",\"topics\":{}}");
        server.start();
        return registry;
    }

    private void answer(String path, String body) {
        server.createContext(path, exchange -> {
            exchange.getRequestBody().readAllBytes();
            byte[] answer = body.getBytes(UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
