package dev.weir.cli.ship;

import dev.weir.cli.capture.Stream;
import dev.weir.cli.mask.Masker;
import dev.weir.schemas.LineBatchWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a stream's raw file behind its writer and cuts it into entries. What is in memory is the window between the last cut
 * and the last read, at most one part and one read: a backlog of any size stays on disk.
 *
 * <p>Single-threaded.
 */
final class RawReader implements AutoCloseable {
    private static final int READ = 128 * 1024;

    private final Stream stream;
    private final @Nullable Masker masker;
    private final LineSplitter splitter = new LineSplitter();
    private @Nullable FileChannel channel;
    private byte[] window = new byte[READ];
    private int from;
    private int to;
    private long cut; // position in the stream of window[from]
    private long next;
    private long known;

    RawReader(Stream stream, Optional<Masker> masker) {
        this.stream = stream;
        this.masker = masker.orElse(null);
    }

    Position position() {
        return new Position(stream.name(), stream.name(), next, Map.of());
    }

    /** Position in the stream up to which everything has been cut. */
    long cut() {
        return cut;
    }

    boolean finished() {
        return stream.progress().ended() && cut >= stream.progress().taken();
    }

    boolean hasMore() {
        return cut + (to - from) < stream.progress().taken();
    }

    long waiting() {
        return stream.progress().taken() - cut;
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
            boolean ended = stream.progress().ended() && !hasMore();
            LineSplitter.Entry entry = splitter.first(window, from, to, ended);
            if (entry == null) {
                if (!read()) {
                    break;
                }
                continue;
            }
            if (next < known) {
                skip(entry);
                continue;
            }
            int taken = entry.length() + (entry.newline() ? 1 : 0);
            long time = stream.progress().timeAt(cut + taken - 1, now);
            if (entries == 0) {
                base = time;
                batch.begin(stream.name(), stream.name(), epoch, next, base);
            }
            int offset = (int) Math.max(0, Math.min(Integer.MAX_VALUE, time - base));
            byte[] masked = masker == null
                    ? null
                    : masker.mask(window, entry.start(), entry.length()).orElse(null);
            if (masked == null) {
                batch.add(window, entry.start(), entry.length(), offset, entry.part(), entry.last(), entry.newline());
            } else {
                batch.add(masked, 0, masked.length, offset, entry.part(), entry.last(), entry.newline());
            }
            from += taken;
            cut += taken;
            next++;
            entries++;
        }
        stream.progress().forget(cut);
        return entries > 0;
    }

    private void skip(LineSplitter.Entry entry) {
        if (masker != null) {
            masker.mask(window, entry.start(), entry.length()); // it may begin a private key, or add a mask
        }
        int taken = entry.length() + (entry.newline() ? 1 : 0);
        from += taken;
        cut += taken;
        next++;
    }

    /** Leaves out what Kafka has already: entries before this number are cut, not sent. */
    void startAt(long seq) {
        known = seq;
    }

    private boolean read() throws IOException {
        FileChannel file = opened();
        if (file == null) {
            return false;
        }
        if (from > 0) {
            System.arraycopy(window, from, window, 0, to - from);
            to -= from;
            from = 0;
        }
        if (window.length - to < READ / 2) {
            window = Arrays.copyOf(window, window.length * 2);
        }
        long readable = stream.progress().ended() ? stream.progress().taken() - cut - to : Long.MAX_VALUE;
        int most = (int) Math.max(0, Math.min(readable, window.length - to));
        int read = file.read(ByteBuffer.wrap(window, to, most), cut + to);
        if (read > 0) {
            to += read;
        }
        return read > 0;
    }

    private @Nullable FileChannel opened() throws IOException {
        if (channel == null) {
            try {
                channel = FileChannel.open(stream.raw(), StandardOpenOption.READ);
            } catch (NoSuchFileException notYet) {
                return null; // the holder makes it a moment after the child has started
            }
        }
        return channel;
    }

    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
        }
    }
}
