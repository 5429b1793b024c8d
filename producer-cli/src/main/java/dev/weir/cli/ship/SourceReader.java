package dev.weir.cli.ship;

import dev.weir.cli.capture.Stream;
import dev.weir.cli.capture.Stream.Mark;
import dev.weir.cli.mask.Masker;
import dev.weir.schemas.LineBatchWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a stream behind its writer and cuts it into entries. What is in memory is the window between the last cut and the last
 * read, at most one part and one read: a backlog of any size stays where it is.
 *
 * <p>Used by the shipper's thread, but for what is acknowledged.
 */
final class SourceReader implements AutoCloseable {
    private static final int READ = 128 * 1024;

    private final Stream stream;
    private final @Nullable Masker masker;
    private final LineSplitter splitter = new LineSplitter();
    private byte[] window = new byte[READ];
    private int from;
    private int to;
    private long cut; // position in the stream of window[from]
    private volatile long next;
    private long known;
    private boolean fallsShort;
    private boolean gapTold;
    private volatile Mark acknowledged;

    SourceReader(Stream stream, Optional<Masker> masker) {
        this.stream = stream;
        this.masker = masker.orElse(null);
        this.cut = stream.from().position();
        this.next = stream.from().seq();
        this.acknowledged = stream.from();
    }

    Stream stream() {
        return stream;
    }

    Position position() {
        return new Position(stream.name(), stream.kind(), next, stream.labels());
    }

    /** How many entries this process has read. */
    long entries() {
        return next - stream.from().seq();
    }

    Mark mark() {
        return new Mark(cut, next);
    }

    void acknowledge(Mark mark) {
        acknowledged = mark;
    }

    /** Up to here Kafka has everything. */
    Mark acknowledged() {
        return acknowledged;
    }

    boolean finished() {
        return stream.progress().ended()
                && (gapTold
                        || cut >= stream.progress().taken()
                                && !stream.progress().isCutShort());
    }

    boolean hasMore() {
        return cut + (to - from) < stream.progress().taken() && !gapTold;
    }

    /** Leaves out what Kafka has already: entries before this number are cut, not sent. */
    void startAt(long seq) {
        known = seq;
    }

    /**
     * Begins a batch and moves entries into it until it holds this many bytes or lines, or nothing is left to cut.
     *
     * @return whether there are any
     */
    boolean fill(LineBatchWriter batch, long epoch, int mostBytes, int mostLines, long now) throws IOException {
        int entries = 0;
        long base = now;
        while (entries < mostLines && (entries == 0 || batch.bytes() < mostBytes)) {
            boolean ended = stream.progress().ended() && (fallsShort || !hasMore());
            LineSplitter.Entry entry = splitter.first(window, from, to, ended);
            if (entry == null) {
                if (!read()) {
                    if (fallsShort && !ended) {
                        continue; // what is left is the last there will be
                    }
                    break;
                }
                continue;
            }
            byte[] masked = masker == null
                    ? null
                    : masker.mask(window, entry.start(), entry.length()).orElse(null);
            if (next >= known) {
                long time = stream.progress().timeAt(cut, now);
                if (entries++ == 0) {
                    base = time;
                    batch.begin(stream.name(), stream.kind(), epoch, next, base);
                }
                add(batch, entry, masked, (int) Math.max(0, Math.min(Integer.MAX_VALUE, time - base)));
            }
            int taken = entry.length() + (entry.newline() ? 1 : 0);
            from += taken;
            cut += taken;
            next++;
        }
        stream.progress().forget(cut);
        return entries > 0;
    }

    private void add(LineBatchWriter batch, LineSplitter.Entry entry, byte @Nullable [] masked, int offset) {
        if (masked == null) {
            batch.add(window, entry.start(), entry.length(), offset, entry.part(), entry.last(), entry.newline());
        } else {
            batch.add(masked, 0, masked.length, offset, entry.part(), entry.last(), entry.newline());
        }
    }

    /** What has been taken and cannot be read again, once everything else has been cut; told once. */
    Optional<Marker> gap() {
        if (!fallsShort || gapTold || to > from) {
            return Optional.empty();
        }
        gapTold = true;
        return Optional.of(new Marker(
                false, 0, stream.progress().taken() - cut, stream.progress().whyLost()));
    }

    private boolean read() throws IOException {
        if (from > 0) {
            System.arraycopy(window, from, window, 0, to - from);
            to -= from;
            from = 0;
        }
        if (window.length - to < READ / 2) {
            window = Arrays.copyOf(window, window.length * 2);
        }
        boolean ended = stream.progress().ended(); // asked first: what it has taken is then final
        long missing = stream.progress().taken() - cut - to;
        int most = (int) Math.max(0, Math.min(missing, window.length - to));
        int read = most == 0 ? 0 : stream.bytes().read(ByteBuffer.wrap(window, to, most), cut + to);
        if (read > 0) {
            to += read;
        } else if (ended && (missing > 0 || stream.progress().isCutShort())) {
            fallsShort = true;
        }
        return read > 0;
    }

    @Override
    public void close() throws IOException {
        stream.bytes().close();
    }
}
