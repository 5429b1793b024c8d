package dev.weir.cli;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;

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
        SecureRandom random = new SecureRandom();
        for (int i = 0; i < LENGTH; i++) {
            id.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return id.toString();
    }

    private static void digits(StringBuilder id, int number, int width) {
        String text = Integer.toString(number);
        id.append("0".repeat(width - text.length())).append(text);
    }
}
