package dev.weir.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {
    private static final Setting PORT = new Setting("weir.http.port", "7070", "port", "where");
    private static final Setting WAIT = new Setting("weir.wait", "30s", "duration", "how long");

    @Test
    void readsAVariableAndADottedName() {
        Settings settings = new Settings(Map.of("WEIR_HTTP_PORT", "8080", "weir.wait", "5m"));

        assertEquals(8080, settings.integer(PORT, 0, 65535));
        assertEquals(Duration.ofMinutes(5), settings.duration(WAIT));
        settings.check();
    }

    @Test
    void reportsAllProblemsTogetherWithValueAndRemedy() {
        Settings settings = new Settings(Map.of("WEIR_HTTP_PORT", "eighty", "WEIR_WAIT", "soon"));

        settings.integer(PORT, 0, 65535);
        settings.duration(WAIT);

        String said =
                assertThrows(IllegalArgumentException.class, settings::check).getMessage();
        assertEquals(
                "WEIR_HTTP_PORT is 'eighty': use a whole number from 0 to 65535" + System.lineSeparator()
                        + "WEIR_WAIT is 'soon': use a duration such as 500ms, 30s, 5m, 24h or 7d",
                said);
    }

    @Test
    void readsSizesInBothSystems() {
        assertEquals(2L << 30, Quantities.bytes("2GiB"));
        assertEquals(64_000, Quantities.bytes("64 kB"));
        assertThrows(ArithmeticException.class, () -> Quantities.bytes("999999999999999999GiB"));
    }
}
