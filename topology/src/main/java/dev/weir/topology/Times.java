package dev.weir.topology;

import java.time.Instant;

/** Milliseconds since 1970 as Kafka's window stores want them. */
final class Times {
    /**
     * Later than any window, by two million years. A range of keys ends where its last key does only if the first byte of
     * its last time is zero; up to {@code Long.MAX_VALUE} it is all keys of that kind to the end of the store, of every
     * run, to be passed over one by one.
     */
    static final long LAST = (1L << 56) - 1;

    private Times() {}

    static Instant instant(long millis) {
        return Instant.ofEpochMilli(Math.min(LAST, millis));
    }
}
