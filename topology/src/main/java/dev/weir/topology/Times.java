package dev.weir.topology;

import java.time.Instant;

/** Milliseconds since 1970 as Kafka's interactive queries want them. */
final class Times {
    private Times() {}

    static Instant instant(long millis) {
        return Instant.ofEpochMilli(millis);
    }
}
