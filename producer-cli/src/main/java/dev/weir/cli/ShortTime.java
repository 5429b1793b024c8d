package dev.weir.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Moments as a person reads them on a terminal: in its time zone, and only as much of them as is needed. */
final class ShortTime {
    private static final DateTimeFormatter TODAY = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter THIS_YEAR = DateTimeFormatter.ofPattern("MM-dd HH:mm", Locale.ROOT);

    private final Instant now;
    private final ZoneId zone;

    ShortTime(Instant now, ZoneId zone) {
        this.now = now;
        this.zone = zone;
    }

    static ShortTime here() {
        return new ShortTime(Instant.now(), ZoneId.systemDefault());
    }

    /** The time of day today, the day and minute this year, else the date; what is no moment stays what it is. */
    String of(String iso) {
        try {
            ZonedDateTime then = Instant.parse(iso).atZone(zone);
            LocalDate today = now.atZone(zone).toLocalDate();
            if (then.toLocalDate().equals(today)) {
                return TODAY.format(then);
            }
            return then.getYear() == today.getYear()
                    ? THIS_YEAR.format(then)
                    : then.toLocalDate().toString();
        } catch (DateTimeParseException noMoment) {
            return Printable.of(iso);
        }
    }

    /** How long it is from one moment to another, or to now; nothing where that is not known. */
    @Nullable
    String between(String from, String to) {
        try {
            return lasted(Duration.between(Instant.parse(from), to.isEmpty() ? now : Instant.parse(to)));
        } catch (DateTimeParseException unsaid) {
            return null;
        }
    }

    static String lasted(Duration time) {
        long seconds = time.toSeconds();
        return seconds < 60
                ? String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0)
                : seconds < 3_600
                        ? seconds / 60 + " min " + seconds % 60 + " s"
                        : seconds / 3_600 + " h " + seconds / 60 % 60 + " min";
    }
}
