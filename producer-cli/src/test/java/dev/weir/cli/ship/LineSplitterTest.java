package dev.weir.cli.ship;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LineSplitterTest {
    private static final int PART = LineSplitter.PART;

    @Test
    void cutsAtNewlinesOnlyAndKeepsEveryOtherByte() {
        List<String> entries = split("a\r\nb\0c\rd\n\n\u00ff\n".getBytes(ISO_8859_1));

        assertEquals(List.of("a\r|0|n", "b\0c\rd|0|n", "|0|n", "\u00ff|0|n"), entries);
    }

    @Test
    void keepsALastLineWithoutNewline() {
        assertEquals(List.of("a|0|n", "b|0|"), split("a\nb".getBytes(ISO_8859_1)));
    }

    @Test
    void leavesALineOfExactlyOnePartWhole() {
        assertEquals(List.of(PART + "|0|n"), lengths(line(PART, true)));
        assertEquals(List.of(PART + "|0|"), lengths(line(PART, false)));
    }

    @Test
    void numbersThePartsOfALongLine() {
        assertEquals(List.of(PART + "|1|", "1|2|n"), lengths(line(PART + 1, true)));
        assertEquals(List.of(PART + "|1|", PART + "|2|n"), lengths(line(2 * PART, true)));
        assertEquals(List.of(PART + "|1|", PART + "|2|"), lengths(line(2 * PART, false)));
    }

    @Test
    void cutsTheSameHoweverTheBytesArrive() {
        Random random = new Random(7);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = 0; i < 40; i++) {
            all.writeBytes(line(random.nextInt(4) == 0 ? PART - 2 + random.nextInt(5) : random.nextInt(300), true));
        }
        byte[] bytes = all.toByteArray();

        List<String> whole = entries(bytes, bytes.length);

        for (int chunk : new int[] {1 << 10, 4099, PART - 1, PART, PART + 1}) {
            assertEquals(whole, entries(bytes, chunk));
        }
    }

    @Test
    void givesBackWhatWentIn() {
        Random random = new Random(11);
        byte[] bytes = new byte[3 * PART];
        random.nextBytes(bytes);
        LineSplitter splitter = new LineSplitter();
        ByteArrayOutputStream back = new ByteArrayOutputStream();
        int from = 0;
        for (LineSplitter.Entry entry; (entry = splitter.first(bytes, from, bytes.length, true)) != null; ) {
            back.write(bytes, entry.start(), entry.length());
            if (entry.newline()) {
                back.write('\n');
            }
            from += entry.length() + (entry.newline() ? 1 : 0);
        }

        assertArrayEquals(bytes, back.toByteArray());
    }

    private static byte[] line(int length, boolean newline) {
        return ("x".repeat(length) + (newline ? "\n" : "")).getBytes(ISO_8859_1);
    }

    private static List<String> lengths(byte[] bytes) {
        return entries(bytes, bytes.length);
    }

    private static List<String> entries(byte[] bytes, int chunk) {
        List<String> found = new ArrayList<>();
        LineSplitter splitter = new LineSplitter();
        int from = 0;
        for (int to = 0; to < bytes.length; ) {
            to = Math.min(bytes.length, to + chunk);
            for (LineSplitter.Entry entry; (entry = splitter.first(bytes, from, to, to == bytes.length)) != null; ) {
                found.add(entry.length() + "|" + entry.part() + "|" + (entry.newline() ? "n" : ""));
                from += entry.length() + (entry.newline() ? 1 : 0);
            }
        }
        return found;
    }

    private static List<String> split(byte[] bytes) {
        List<String> found = new ArrayList<>();
        LineSplitter splitter = new LineSplitter();
        int from = 0;
        for (LineSplitter.Entry entry; (entry = splitter.first(bytes, from, bytes.length, true)) != null; ) {
            found.add(new String(bytes, entry.start(), entry.length(), ISO_8859_1) + "|" + entry.part() + "|"
                    + (entry.newline() ? "n" : ""));
            from += entry.length() + (entry.newline() ? 1 : 0);
        }
        return found;
    }
}
