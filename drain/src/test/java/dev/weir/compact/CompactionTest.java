package dev.weir.compact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.drain.Miner;
import dev.weir.snapshot.Rendering;
import dev.weir.snapshot.Snapshot.Sort;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class CompactionTest {
    private final Compaction compaction = new Compaction(new Miner(), 1_767_268_800_000L, 4_000);

    @Test
    void countsEveryLineAndPutsErrorsFirst() throws IOException {
        feed("worker 1 started\nworker 2 started\r\nworker 3 started\nERROR disk full on sda1\n");

        String text = print(OptionalInt.empty());

        assertTrue(text.contains("read 4 = counted 4 + dropped 0 + evicted 0 + rejected 0\n"), text);
        assertTrue(text.indexOf("disk full") < text.indexOf("worker"), text);
        assertTrue(text.contains("worker <*> started"), text);
    }

    @Test
    void givesTheLinesThemselvesWhereTheyFit() throws IOException {
        feed("worker 1 started\nlast without a newline");

        String text = print(OptionalInt.of(200));

        assertTrue(text.contains("all lines, as they were:\n  worker 1 started\n  last without a newline\n"), text);
    }

    @Test
    void keepsToTheBudgetWhereTheyDoNot() throws IOException {
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 2_000; i++) {
            many.append("word ".repeat(i % 60 + 1)).append('\n');
        }
        feed(many.toString());

        int bytes = print(OptionalInt.of(200)).getBytes(StandardCharsets.UTF_8).length;

        assertTrue(bytes <= 800 && bytes > 700, bytes + " bytes");
    }

    @Test
    void keepsTheEndWhereWhatExplainsTakesMoreAsJsonThanAsItIs() throws IOException {
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            many.append("error: \"\"\"\"\"\"\"\"\"\"\"\"\"\" ")
                    .append("abcdefghij".repeat(i % 3 + 1).substring(i % 9))
                    .append(' ')
                    .append((char) ('a' + i % 26))
                    .append((char) ('a' + i / 26))
                    .append('\n');
        }
        feed(many + "fatal: the last thing that it said\n");

        String json = new String(
                compaction.print(Rendering.JSON, OptionalInt.of(600), 10, Sort.RANK), StandardCharsets.UTF_8);

        assertTrue(json.length() <= 2_400, json.length() + " bytes");
        assertTrue(json.contains("fatal: the last thing that it said\"]"), json);
    }

    @Test
    void countsALineThatIsTooLongOnceAndCutsIt() throws IOException {
        compaction.lines(new ByteArrayInputStream("abcdefghij\nk\n".getBytes(StandardCharsets.UTF_8)), 4);

        String text = print(OptionalInt.of(1_000));

        assertEquals("  abcd\n  k\n", text.substring(text.indexOf("  abcd")));
        assertTrue(text.contains("read 2 = counted 2 "), text);
    }

    @Test
    void findsTheSameLinesHoweverTheStreamIsTorn() throws IOException {
        byte[] lines = "a\r\n\nlonger than four\nb".getBytes(StandardCharsets.UTF_8);

        compaction.lines(
                new FilterInputStream(new ByteArrayInputStream(lines)) {
                    @Override
                    public int read(byte[] to, int from, int length) throws IOException {
                        return super.read(to, from, Math.min(1, length));
                    }
                },
                4);

        assertTrue(print(OptionalInt.of(1_000)).contains("read 4 = counted 4 "));
    }

    @Test
    void explainsWithTheSameLinesWhetherTheyAreLentOrGiven() throws IOException {
        StringBuilder log = new StringBuilder();
        for (int i = 0; i < 40_000; i++) {
            log.append("step ")
                    .append(i)
                    .append(" of the ")
                    .append(i % 7 == 0 ? "  slow" : "quick")
                    .append(" kind\n");
            if (i % 9_973 == 5) {
                log.append("=== phase ").append("abcde".charAt(i / 9_973)).append(" ===\nerror: no rule for target ");
                log.append("fghij".charAt(i / 9_973))
                        .append("\n    at build.mk:")
                        .append(i)
                        .append('\n');
            }
        }
        Compaction given = new Compaction(new Miner(), 1_767_268_800_000L, 4_000);
        for (String line : log.toString().split("\n")) {
            byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
            given.line(bytes, 0, bytes.length);
            Arrays.fill(bytes, (byte) '?');
        }

        feed(log.toString());

        String text = print(OptionalInt.of(1_000));
        assertTrue(text.contains("error: no rule for target i"), text);
        assertEquals(
                new String(given.print(Rendering.TEXT, OptionalInt.of(1_000), 50, Sort.RANK), StandardCharsets.UTF_8),
                text);
    }

    private void feed(String lines) throws IOException {
        compaction.lines(new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)), 1 << 20);
    }

    private String print(OptionalInt budget) {
        return new String(compaction.print(Rendering.TEXT, budget, 50, Sort.RANK), StandardCharsets.UTF_8);
    }
}
