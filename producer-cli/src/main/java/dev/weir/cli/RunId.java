package dev.weir.cli;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import org.jspecify.annotations.Nullable;

/** Makes run-ids that sort by time, can be read aloud, and do not meet on two machines. */
final class RunId {
    private static final String LETTERS = "abcdefghjkmnpqrstvwxyz23456789";
    private static final int LENGTH = 5;

    private RunId() {}

    static String at(long millis) {
        ZonedDateTime time = Instant.ofEpochMilli(millis).atZone(ZoneOffset.UTC);
        StringBuilder id = new StringBuilder(24);
        digits(id, time.getYear(), 4);
        digits(id, time.getMonthValue(), 2);
        digits(id, time.getDayOfMonth(), 2);
        id.append('-');
        digits(id, time.getHour(), 2);
        digits(id, time.getMinute(), 2);
        digits(id, time.getSecond(), 2);
        id.append('-');
        for (byte random : random()) {
            id.append(LETTERS.charAt((random & 0xFF) % LETTERS.length()));
        }
        return id.toString();
    }

    /** From the system itself where it has such a file: Java's own way to it takes twenty milliseconds, before the child. */
    private static byte[] random() {
        try (InputStream system = new FileInputStream("/dev/urandom")) {
            byte[] random = system.readNBytes(LENGTH);
            if (random.length == LENGTH) {
                return random;
            }
        } catch (IOException notHere) {
            // below
        }
        byte[] random = new byte[LENGTH];
        new SecureRandom().nextBytes(random);
        return random;
    }

    /** The id that somebody gave, if it can be one; else a new one. */
    static String chosen(@Nullable String given, String flag) {
        if (given == null) {
            return at(System.currentTimeMillis());
        }
        if (!given.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,127}")) {
            throw new UsageException(flag + " is '" + given
                    + "': use a letter or digit, then up to 127 letters, digits, dots, dashes, underscores");
        }
        return given;
    }

    private static void digits(StringBuilder id, int number, int width) {
        String text = Integer.toString(number);
        id.append("0".repeat(width - text.length())).append(text);
    }
}
