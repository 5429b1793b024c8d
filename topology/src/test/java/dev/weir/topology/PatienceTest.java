package dev.weir.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.weir.registry.WireException;
import dev.weir.schemas.LineBatchReader;
import dev.weir.schemas.ValueSerdes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PatienceTest {
    private static final byte[] OF_A_SCHEMA_THAT_IS_TO_BE_ASKED_FOR = {0, 0, 0, 0, 77, 1};

    @Test
    void waitsForARegistryThatIsAway() throws IOException {
        LineBatchReader reader = readerWithoutARegistry();
        AtomicInteger asked = new AtomicInteger();

        String answer = Patience.whileAway(() -> {
            if (asked.incrementAndGet() < 3) {
                reader.read(OF_A_SCHEMA_THAT_IS_TO_BE_ASKED_FOR);
            }
            return "back";
        });

        assertEquals("back", answer);
        assertEquals(3, asked.get());
    }

    @Test
    void doesNotWaitForWhatNoWaitingHelps() {
        LineBatchReader reader = ValueSerdes.own(Map.of("schema.registry.url", "mock://patience"))
                .lineReader("weir.lines");
        AtomicInteger asked = new AtomicInteger();

        assertThrows(
                WireException.class,
                () -> Patience.whileAway(() -> {
                    asked.incrementAndGet();
                    return reader.read(new byte[] {1, 2, 3});
                }));

        assertEquals(1, asked.get());
    }

    /** Of a port that was free a moment ago. */
    private static LineBatchReader readerWithoutARegistry() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return ValueSerdes.own(Map.of("schema.registry.url", "http://127.0.0.1:" + free.getLocalPort()))
                    .lineReader("weir.lines");
        }
    }
}
