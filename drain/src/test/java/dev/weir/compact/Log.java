package dev.weir.compact;

import dev.weir.drain.Level;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A log that a test writes, and what an excerpt shows of it. */
final class Log {
    private final Excerpt excerpt = new Excerpt();

    /** A name of letters alone: numbers would be alike. */
    static String name(int i) {
        return "n" + (char) ('a' + i / 26) + (char) ('a' + i % 26);
    }

    void noise(int lines) {
        for (int i = 0; i < lines; i++) {
            lines("compiled unit " + i + " in " + (i % 7) + " ms");
        }
    }

    void noiseWithin(int lines) {
        for (int i = 0; i < lines; i++) {
            lines("  " + i + ":1   warning  Missing semicolon   semi");
        }
    }

    void lines(String... lines) {
        for (String line : lines) {
            mined(-1, line);
        }
    }

    void mined(int template, String line) {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        excerpt.line(bytes, 0, bytes.length, Level.UNKNOWN, true, template);
    }

    List<String> shown(int room) {
        return excerpt.lines(room);
    }
}
