package dev.weir.cli.ship;

import dev.weir.cli.capture.Bell;
import dev.weir.cli.capture.Bytes;
import dev.weir.cli.capture.Progress;
import dev.weir.cli.capture.Stream;
import dev.weir.cli.edit.Edits;
import dev.weir.cli.mask.Masks;
import dev.weir.schemas.LineBatchWriter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/**
 * What looking for secrets adds to reading, splitting and encoding the same bytes, in turns and in the thread's own time. Stands
 * in the package of what it measures, which is nobody else's.
 */
public final class MaskCost {
    private static final int BATCH_BYTES = 200_000;
    private static final int BATCH_LINES = 4_000;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private MaskCost() {}

    /** Bytes of a file in memory. */
    private record Held(byte[] bytes) implements Bytes {
        @Override
        public int read(ByteBuffer into, long position) {
            int count = (int) Math.min(into.remaining(), bytes.length - position);
            into.put(bytes, (int) position, count);
            return count;
        }

        @Override
        public void close() {
            // memory
        }
    }

    public static void main(String[] arguments) throws IOException {
        byte[] bytes = Files.readAllBytes(Path.of(arguments[0]));
        int pairs = Integer.parseInt(arguments[1]);
        double[] without = new double[pairs];
        double[] with = new double[pairs];
        for (int i = -1; i < pairs; i++) { // the first pair is for the compiler
            double off = nanosPerByte(bytes, true);
            double on = nanosPerByte(bytes, false);
            if (i >= 0) {
                without[i] = off;
                with[i] = on;
            }
        }
        double before = median(without);
        double after = median(with);
        System.out.printf(
                "%s: %.2f ns a byte without masks, %.2f with: %.2f more%n",
                Path.of(arguments[0]).getFileName(), before, after, after - before);
    }

    private static double nanosPerByte(byte[] bytes, boolean off) throws IOException {
        Progress progress = Progress.from(new Bell(), 0);
        progress.advance(bytes.length, 1);
        progress.end();
        Stream stream = new Stream("stdout", "stdout", Map.of(), new Held(bytes), progress, Stream.Mark.START);
        LineBatchWriter batch = new LineBatchWriter(1 << 14);
        long size = 0;
        try (SourceReader reader = new SourceReader(
                stream, Edits.masking(Masks.of(off, Map.of(), Map.of())).editor())) {
            long begun = THREADS.getCurrentThreadCpuTime();
            while (reader.fill(batch, 1, BATCH_BYTES, BATCH_LINES, 1)) {
                size += batch.framed(1).length;
            }
            long took = THREADS.getCurrentThreadCpuTime() - begun;
            if (size < bytes.length) {
                throw new IllegalStateException("read " + size + " of " + bytes.length);
            }
            return (double) took / bytes.length;
        }
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
