package dev.weir.bench.hostile;

import dev.weir.bench.hostile.Hostile.Lines;
import dev.weir.drain.Miner;
import dev.weir.drain.Rows;
import dev.weir.drain.Template;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.HashMap;
import java.util.Map;

/**
 * One miner under one kind of lines: generated block by block, so that only mining is timed, and in the thread's own
 * time, which neighbours on the machine do not change.
 */
final class Onslaught {
    private static final int BLOCK = 1 << 16;
    /** Allocated once and before anything is measured, so that it weighs the same on both sides. */
    private static final byte[] BYTES = new byte[101 << 20];

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final Miner miner = new Miner();
    private final Map<Object, Integer> rowBytes = new HashMap<>();
    private long lines;
    private long bytes;
    private long nanos;

    /** What came of it; {@code lost} is the number of lines in no template's count. */
    record Outcome(
            String name,
            long lines,
            long bytes,
            long nanos,
            long lost,
            int live,
            long overflown,
            long rowBytes,
            long largestRow,
            long heapBytes) {
        double linesPerSecond() {
            return lines * 1e9 / nanos;
        }

        double bytesPerSecond() {
            return bytes * 1e9 / nanos;
        }
    }

    private Onslaught() {}

    static Outcome run(String name, Lines kind) {
        return run(name, kind, kind.number());
    }

    static Outcome run(String name, Lines kind, long number) {
        long before = used();
        Onslaught onslaught = new Onslaught();
        onslaught.take(kind, number);
        long heap = used() - before;
        return onslaught.outcome(name, heap);
    }

    private void take(Lines kind, long number) {
        Miner.Source source = miner.source("stdout");
        int[] ends = new int[BLOCK + 1];
        long made = 0;
        while (made < number) {
            int n = 0;
            int at = 0;
            while (n < BLOCK && made < number && at + kind.longest() <= BYTES.length) {
                at = kind.write(made++, BYTES, at);
                ends[++n] = at;
            }
            long start = THREADS.getCurrentThreadCpuTime();
            for (int i = 0; i < n; i++) {
                miner.mine(source, BYTES, ends[i], ends[i + 1] - ends[i], lines + i, 0);
            }
            nanos += THREADS.getCurrentThreadCpuTime() - start;
            lines += n;
            bytes += at;
            drain();
        }
    }

    private void drain() {
        miner.rows().drainDirty(new Rows() {
            @Override
            public void template(int id, byte[] row) {
                rowBytes.put(id, row.length);
            }

            @Override
            public void source(String name, byte[] row) {
                rowBytes.put(name, row.length);
            }

            @Override
            public void tally(Template template, long lines, long events) {
                // A store keeps counts by the page: some bytes a template, whatever the lines were.
            }
        });
    }

    private Outcome outcome(String name, long heap) {
        long counted = 0;
        long overflown = 0;
        long slots = 0;
        long largest = 0;
        for (Template t : miner.templates()) {
            counted += t.totalCount();
            overflown += t.overflow() ? t.totalCount() : 0;
            int row = miner.rows().slotsRow(t.id()).length;
            slots += row;
            largest = Math.max(largest, row);
        }
        for (int row : rowBytes.values()) {
            slots += row;
            largest = Math.max(largest, row);
        }
        return new Outcome(
                name, lines, bytes, nanos, lines - counted, miner.liveCount(), overflown, slots, largest, heap);
    }

    private static long used() {
        Runtime runtime = Runtime.getRuntime();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 4; i++) {
            System.gc();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }
}
