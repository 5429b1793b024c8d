package dev.weir.settings;

import static java.util.Map.entry;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations and sizes as people type them. */
public final class Quantities {
    private static final Pattern NUMBER_AND_UNIT = Pattern.compile("(\\d{1,18})\\s*([A-Za-z]*)");
    private static final Map<String, Long> MILLIS =
            Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L, "d", 86_400_000L);
    private static final Map<String, Long> BYTES = Map.ofEntries(
            entry("", 1L),
            entry("B", 1L),
            entry("KiB", 1L << 10),
            entry("MiB", 1L << 20),
            entry("GiB", 1L << 30),
            entry("kB", 1_000L),
            entry("MB", 1_000_000L),
            entry("GB", 1_000_000_000L));

    private Quantities() {}

    public static Duration duration(String text) {
        return Duration.ofMillis(quantity(text, MILLIS));
    }

    public static long bytes(String text) {
        return quantity(text, BYTES);
    }

    private static long quantity(String text, Map<String, Long> units) {
        Matcher matcher = NUMBER_AND_UNIT.matcher(text.strip());
        Long unit = matcher.matches() ? units.get(matcher.group(2)) : null;
        if (unit == null) {
            throw new IllegalArgumentException(text);
        }
        return Math.multiplyExact(Long.parseLong(matcher.group(1)), unit);
    }
}
