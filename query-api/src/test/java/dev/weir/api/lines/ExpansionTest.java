package dev.weir.api.lines;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.topology.Position;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ExpansionTest {
    private static final LineLog.RunRef RUN = new LineLog.RunRef("default", "run-1");
    private static final int KINDS = 500;

    /** Records of so many lines each; the kinds take turns. Counts what it shows. */
    private static final class Records implements LineLog {
        private final List<Integer> firstLines = new ArrayList<>();
        private final int lines;
        private long shown;

        Records(IntStream sizes) {
            int[] sum = {0};
            sizes.forEach(size -> {
                firstLines.add(sum[0]);
                sum[0] += size;
            });
            lines = sum[0];
        }

        @Override
        public int partition(RunRef run) {
            return 0;
        }

        @Override
        public long begin(RunRef run) {
            return 0;
        }

        @Override
        public long end(RunRef run) {
            return firstLines.size();
        }

        @Override
        public long at(RunRef run, long millis) {
            return 0;
        }

        @Override
        public boolean scan(RunRef run, long from, long end, Resends resends, long mostBytes, Visitor each) {
            for (int record = (int) from; record < Math.min(end, end(run)); record++) {
                int first = firstLines.get(record);
                int behind = record + 1 < firstLines.size() ? firstLines.get(record + 1) : lines;
                for (int line = first; line < behind; line++) {
                    shown++;
                    if (!each.accept(line(record, line - first, line))) {
                        return true;
                    }
                }
            }
            return true;
        }

        private static Entry line(int record, int index, int line) {
            byte[] text = text(line).getBytes(StandardCharsets.UTF_8);
            return new Entry(Entry.Kind.LINE, record, index, 0, 0, "s", "s", line, text, 0, true, true, "", 1);
        }

        private static String text(int line) {
            return "kind " + line % KINDS + " took " + line + " ms";
        }

        Position position(int line) {
            int record = firstLines.size() - 1;
            while (firstLines.get(record) > line) {
                record--;
            }
            return new Position(record, line - firstLines.get(record));
        }

        List<String> expand(int kind, int most, int context) {
            Position last = position(lines - KINDS + kind);
            return of(List.of(new Expansion.Minute(last.offset(), lines / KINDS)), last, kind, most, context).stream()
                    .map(block -> block.line().text())
                    .toList();
        }

        List<Expansion.Block> of(List<Expansion.Minute> minutes, Position certain, int kind, int most, int context) {
            return new Expansion(this, RUN, context)
                    .of(
                            minutes,
                            new TreeSet<>(List.of(certain)),
                            "kind " + kind + " took <num> ms",
                            0,
                            end(RUN),
                            most,
                            Optional.empty());
        }
    }

    private static List<String> last(int lines, int kind, int most) {
        return IntStream.range(0, most)
                .mapToObj(i -> Records.text(lines - KINDS * (i + 1) + kind))
                .toList();
    }

    @Test
    void linesInRecordsOfOneLineBehindHugeOnesAreFoundWithoutReadingTheRun() {
        Records log = new Records(IntStream.concat(
                IntStream.generate(() -> 5_000).limit(200),
                IntStream.generate(() -> 1).limit(2_000)));

        assertEquals(last(1_002_000, 7, 20), log.expand(7, 20, 0));
        assertTrue(log.shown < 40_000, log.shown + " lines were read for 20 of 10,000");
    }

    @Test
    void aRecordLargerThanAnyReadingIsReadAll() {
        Records log = new Records(IntStream.of(100_000, 100_000));

        assertEquals(last(200_000, 499, 20), log.expand(499, 20, 0));
    }

    @Test
    void neighboursComeFromTheRecordsBesideIt() {
        assertHasTwoNeighbours(new Records(IntStream.generate(() -> 1).limit(1_000)), 503);
    }

    @Test
    void neighboursComeFromTheRecordInFrontAlsoWhereOneRecordIsAReading() {
        assertHasTwoNeighbours(new Records(IntStream.generate(() -> 50_000).limit(3)), 50_000);
    }

    @Test
    void neighboursComeFromBeyondTheRecordsOfOtherRuns() {
        assertHasTwoNeighbours(new Records(IntStream.range(0, 20_000).map(i -> i % 40 == 39 ? 1 : 0)), 203);
    }

    private static void assertHasTwoNeighbours(Records log, int line) {
        Position certain = log.position(line);

        Expansion.Block block =
                log.of(List.of(new Expansion.Minute(certain.offset(), 1)), certain, line % KINDS, 100, 2).stream()
                        .filter(Expansion.Block::certain)
                        .findFirst()
                        .orElseThrow();

        assertEquals(Records.text(line), block.line().text());
        assertEquals(
                List.of(Records.text(line - 2), Records.text(line - 1)),
                block.before().stream().map(Entry::text).toList());
        assertEquals(
                List.of(Records.text(line + 1), Records.text(line + 2)),
                block.after().stream().map(Entry::text).toList());
    }

    @Test
    void aMinuteWhoseLinesAreAllFoundIsReadNoFurther() {
        Records log = new Records(IntStream.generate(() -> 100).limit(1_000));
        Position last = log.position(99_500);

        List<Expansion.Block> blocks =
                log.of(List.of(new Expansion.Minute(last.offset(), 1), new Expansion.Minute(0, 1)), last, 0, 20, 0);

        assertEquals(
                List.of(Records.text(99_500), Records.text(0)),
                blocks.stream().map(block -> block.line().text()).toList());
        assertEquals(
                List.of(true, false),
                blocks.stream().map(Expansion.Block::certain).toList());
        assertTrue(log.shown < 1_000, log.shown + " lines were read for two");
    }
}
