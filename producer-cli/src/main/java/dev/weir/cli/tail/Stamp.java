package dev.weir.cli.tail;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.cli.net.Json;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;

/** The time that a tool puts before a line, or beside it in JSON. */
record Stamp(String text, byte[] line) {
    private static final int LONGEST = 40;
    private static final String[] MESSAGES = {"MESSAGE", "message", "msg", "log"};
    private static final String[] TIMES = {"__REALTIME_TIMESTAMP", "timestamp", "time", "ts"};

    static Stamp of(byte[] bytes, boolean json) {
        return json ? ofJson(bytes) : ofPrefix(bytes);
    }

    private static Stamp ofPrefix(byte[] bytes) {
        int space = 0;
        while (space < bytes.length && space < LONGEST && bytes[space] != ' ') {
            space++;
        }
        String text = new String(bytes, 0, space, UTF_8);
        if (space > 0 && millis(text) >= 0) {
            int from = Math.min(space + 1, bytes.length);
            return new Stamp(text, Arrays.copyOfRange(bytes, from, bytes.length));
        }
        return new Stamp("", bytes);
    }

    private static Stamp ofJson(byte[] bytes) {
        try {
            Json json = Json.parse(new String(bytes, UTF_8));
            return new Stamp(first(json, TIMES), message(json, bytes));
        } catch (IllegalArgumentException notJson) {
            return new Stamp("", bytes);
        }
    }

    private static byte[] message(Json json, byte[] otherwise) {
        for (String name : MESSAGES) {
            Json field = json.get(name);
            if (!field.items().isEmpty()) {
                byte[] raw = new byte[field.items().size()]; // journald writes what is not UTF-8 as numbers
                for (int i = 0; i < raw.length; i++) {
                    raw[i] = (byte) field.items().get(i).number();
                }
                return raw;
            }
            if (!field.isMissing()) {
                return field.text().getBytes(UTF_8);
            }
        }
        return otherwise;
    }

    private static String first(Json json, String[] names) {
        for (String name : names) {
            if (!json.get(name).text().isEmpty()) {
                return json.get(name).text();
            }
        }
        return "";
    }

    /** Milliseconds since 1970 of a time as tools write it: ISO-8601, or a count of seconds, milli- or microseconds; else -1. */
    static long millis(String text) {
        try {
            if (text.chars().allMatch(Character::isDigit) && text.length() >= 10) {
                long number = Long.parseLong(text);
                return text.length() >= 16 ? number / 1_000 : text.length() >= 13 ? number : number * 1_000;
            }
            if (text.length() < 19 || text.charAt(10) != 'T') {
                return -1;
            }
            char last = text.charAt(text.length() - 1);
            return last == 'Z'
                    ? Instant.parse(text).toEpochMilli()
                    : text.indexOf('+') > 0 || text.lastIndexOf('-') > 10
                            ? OffsetDateTime.parse(text).toInstant().toEpochMilli()
                            : LocalDateTime.parse(text)
                                    .toInstant(ZoneOffset.UTC)
                                    .toEpochMilli();
        } catch (DateTimeException | NumberFormatException noTime) {
            return -1;
        }
    }
}
