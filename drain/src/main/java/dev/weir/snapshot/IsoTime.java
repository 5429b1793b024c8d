package dev.weir.snapshot;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times as every answer writes them: ISO-8601, UTC, always with milliseconds. */
public final class IsoTime {
    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private static final long DAY = 86_400_000;

    /** The last millisecond of the year 9999. */
    private static final long LAST = 253_402_300_799_999L;

    private IsoTime() {}

    public static String of(long millis) {
        if (millis < 0 || millis > LAST) {
            return FORMAT.format(Instant.ofEpochMilli(millis));
        }
        // By hand: an answer has some hundreds of them, and the formatter takes most of the time of writing it.
        LocalDate day = LocalDate.ofEpochDay(millis / DAY);
        int rest = (int) (millis % DAY);
        char[] text = "0000-00-00T00:00:00.000Z".toCharArray();
        number(text, 4, day.getYear());
        number(text, 7, day.getMonthValue());
        number(text, 10, day.getDayOfMonth());
        number(text, 13, rest / 3_600_000);
        number(text, 16, rest / 60_000 % 60);
        number(text, 19, rest / 1_000 % 60);
        number(text, 23, rest % 1_000);
        return new String(text);
    }

    /** Writes digits before {@code end}, as many as the number has; the rest are zeros already. */
    private static void number(char[] text, int end, int number) {
        int at = end;
        for (int left = number; left > 0; left /= 10) {
            text[--at] = (char) ('0' + left % 10);
        }
    }
}
