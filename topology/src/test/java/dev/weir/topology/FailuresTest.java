package dev.weir.topology;

import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.REPLACE_THREAD;
import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.weir.registry.WireException;
import dev.weir.schemas.RunStatus;
import dev.weir.schemas.ValueSerdes;
import dev.weir.topology.rows.Layout;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;

class FailuresTest {
    @Test
    void replaceAThreadFiveTimesAndThenStopWithTheReason() {
        Failures failures = new Failures();
        for (int i = 0; i < 5; i++) {
            assertEquals(REPLACE_THREAD, failures.handle(new IllegalStateException("again")));
            assertEquals(Optional.empty(), failures.reason());
        }

        assertEquals(SHUTDOWN_CLIENT, failures.handle(new IllegalStateException("once too often")));

        String reason = failures.reason().orElseThrow();
        assertTrue(reason.contains("6 times") && reason.contains("once too often"), reason);
        assertEquals(6, failures.count());
    }

    @Test
    void stopAtOnceForStateOfAnotherLayoutAndSayHowToGoOn() {
        Failures failures = new Failures();

        assertEquals(SHUTDOWN_CLIENT, failures.handle(new StreamsException("init", new Layout.Foreign("1"))));

        String reason = failures.reason().orElseThrow();
        assertTrue(reason.contains("layout 1, this weir needs " + Layout.CURRENT), reason);
        assertTrue(reason.contains("WEIR_APPLICATION_ID"), reason);
    }

    @Test
    void stopAtOnceWhenJavaItselfFailsForOtherThreadsMayHaveDiedOfIt() {
        Failures failures = new Failures();

        assertEquals(SHUTDOWN_CLIENT, failures.handle(new StreamsException(new OutOfMemoryError("Java heap space"))));

        String reason = failures.reason().orElseThrow();
        assertTrue(reason.contains("Java heap space") && reason.contains("WEIR_MODELS_BYTES"), reason);
    }

    @Test
    void stopAtOnceWhenTheRegistryRefusesTheServer() throws IOException {
        HttpServer registry = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        registry.createContext("/", exchange -> {
            exchange.sendResponseHeaders(401, -1);
            exchange.close();
        });
        registry.start();
        try {
            String url = "http://127.0.0.1:" + registry.getAddress().getPort();
            var writer = ValueSerdes.own(Map.of("schema.registry.url", url)).serializer(RunStatus.class);
            WireException.RegistryRefused refused = assertThrows(
                    WireException.RegistryRefused.class, () -> writer.serialize("weir.runs", RowsTest.status()));
            Failures failures = new Failures();

            assertEquals(SHUTDOWN_CLIENT, failures.handle(new StreamsException(refused)));

            String reason = failures.reason().orElseThrow();
            assertTrue(reason.contains("refused") && reason.contains("basic.auth.user.info"), reason);
        } finally {
            registry.stop(0);
        }
    }
}
