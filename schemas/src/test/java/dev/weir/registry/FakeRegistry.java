package dev.weir.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Gives prepared answers where a real registry would have to be broken on purpose, and remembers what it was asked. */
final class FakeRegistry implements AutoCloseable {
    record Asked(String method, String path, @Nullable String authorization, String body) {}

    record Answer(int status, String body) {}

    /** Says what to answer; a number below zero hangs up instead. */
    interface Script {
        Answer answer(Asked asked, int turn);
    }

    private final HttpServer server;
    private final List<Asked> asked = new CopyOnWriteArrayList<>();

    FakeRegistry(Script script) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> answer(exchange, script));
        server.start();
    }

    private void answer(HttpExchange exchange, Script script) throws IOException {
        Asked question = new Asked(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getRawPath(),
                exchange.getRequestHeaders().getFirst("Authorization"),
                new String(exchange.getRequestBody().readAllBytes(), UTF_8));
        int turn = asked.size();
        asked.add(question);
        Answer answer = script.answer(question, turn);
        if (answer.status() >= 0) {
            byte[] body = answer.body().getBytes(UTF_8);
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    List<Asked> asked() {
        return asked;
    }

    /** Settings that give up quickly. */
    Map<String, String> settings() {
        return Map.of("schema.registry.url", url(), "retries.wait.ms", "1", "retries.max.wait.ms", "2");
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
