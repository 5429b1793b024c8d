package dev.weir.api.whole;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.weir.embedded.Await;
import dev.weir.embedded.KafkaUnderTest;
import dev.weir.schemas.Hook;
import dev.weir.schemas.ValueSerdes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class WholeTopicIT {
    private static final String TOPIC = "whole";

    @RegisterExtension
    static final KafkaUnderTest kafka = KafkaUnderTest.embedded();

    /** A registry of one schema, which can be away. */
    private static final class Registry implements AutoCloseable {
        private final AtomicInteger asked = new AtomicInteger();
        private final HttpServer http;
        private volatile boolean away;

        Registry() throws IOException {
            http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            http.createContext("/", this::answer);
            http.start();
        }

        private void answer(HttpExchange exchange) throws IOException {
            asked.incrementAndGet();
            byte[] body = (exchange.getRequestMethod().equals("POST")
                            ? "{\"id\":7}"
                            : new ObjectMapper()
                                    .writeValueAsString(Map.of(
                                            "schema", Hook.getClassSchema().toString())))
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(away ? 503 : 200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        }

        ValueSerdes values() {
            return ValueSerdes.own(Map.of(
                    "schema.registry.url",
                    "http://127.0.0.1:" + http.getAddress().getPort()));
        }

        @Override
        public void close() {
            http.stop(0);
        }
    }

    @Test
    void waitsForARegistryThatIsAwayBeforeARecordIsTakenForAbsent() throws Exception {
        kafka.createTopic(TOPIC, 1, Map.of());
        try (Registry registry = new Registry()) {
            try (WholeTopic<Hook> writer = open(registry.values(), ConcurrentHashMap.newKeySet())) {
                writer.store("hook-1", hook());
            }
            registry.away = true;
            int before = registry.asked.get();
            Set<String> learnt = ConcurrentHashMap.newKeySet();

            CompletableFuture<WholeTopic<Hook>> opening =
                    CompletableFuture.supplyAsync(() -> open(registry.values(), learnt));
            // More often than one question is repeated.
            Await.until("it asks again and again", () -> registry.asked.get() > before + 8);
            assertFalse(opening.isDone());
            assertEquals(Set.of(), learnt);
            registry.away = false;

            try (WholeTopic<Hook> open = opening.get(60, TimeUnit.SECONDS)) {
                assertEquals(Set.of("hook-1"), learnt, open.toString());
            }
        }
    }

    private static WholeTopic<Hook> open(ValueSerdes values, Set<String> learnt) {
        return WholeTopic.open(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                TOPIC,
                Hook.class,
                values,
                (key, hook) -> learnt.add(key),
                () -> {});
    }

    private static Hook hook() {
        return Hook.newBuilder()
                .setId("hook-1")
                .setTenant("default")
                .setEvents(List.of(dev.weir.schemas.HookEvent.FAILED))
                .setCreatedAt(Instant.EPOCH)
                .build();
    }
}
