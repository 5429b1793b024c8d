package dev.weir.api.http;

import dev.weir.settings.Quantities;
import java.time.DateTimeException;
import java.time.OffsetDateTime;

/** A moment as people type it. */
final class Moment {
    private Moment() {}

    static long parse(String name, String given, long now) {
        try {
            if (!given.isEmpty() && given.chars().allMatch(c -> c >= '0' && c <= '9')) {
                return Long.parseLong(given);
            }
            return given.indexOf('T') > 0
                    ? OffsetDateTime.parse(given).toInstant().toEpochMilli()
                    : now - Quantities.duration(given).toMillis();
        } catch (DateTimeException | IllegalArgumentException | ArithmeticException unreadable) {
            throw Problem.badParameter(
                    name,
                    given,
                    "use a time such as 2026-01-31T12:00:00Z, epoch milliseconds, or how long ago, such as 5m");
        }
    }
}
