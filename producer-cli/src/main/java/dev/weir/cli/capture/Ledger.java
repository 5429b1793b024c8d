package dev.weir.cli.capture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a stream's bytes, span by span: when they came, the checksum by which they are known again, and which were
 * given up. On disk beside the raw file too, so that another process can go on from it; a record that is torn or damaged is
 * passed over, and its bytes are then taken unchecked.
 *
 * <p>Memory holds a window of it. What does not fit is read back from disk; where there is no disk to read it from, spans
 * grow coarser instead. Not thread-safe: {@link Progress} guards it.
 */
final class Ledger {
    private static final int MOST_IN_MEMORY = 32 << 10;
    private static final int READ_BACK = 1 << 10;

    private final Disk disk;
    private final @Nullable Path file;
    private @Nullable FileChannel channel;
    private boolean broken;
    private final SpanWindow window = new SpanWindow();
    private long written; // records on disk
    private long next; // of those, the first that has not been in memory yet
    private final TreeMap<Long, Span> givenUp = new TreeMap<>();
    private long marksWritten;
    private final Deque<Span> late = new ArrayDeque<>(); // behind those, where the disk had no room

    private Ledger(Disk disk, @Nullable Path file) {
        this.disk = disk;
        this.file = file;
    }

    static Ledger beside(Disk disk, Path raw) {
        return new Ledger(disk, raw.resolveSibling(raw.getFileName().toString().replace(".raw", ".ledger")));
    }

    static Ledger inMemory() {
        return new Ledger(Disk.OWN, null);
    }

    void add(Span span) {
        boolean onDisk = write(span);
        boolean full = window.size() >= MOST_IN_MEMORY;
        boolean behind = next < (onDisk ? written - 1 : written);
        if (onDisk && late.isEmpty() && (full || behind)) {
            return; // read back when its turn comes
        }
        if (behind || !late.isEmpty() || full) {
            coarsen(span);
            if (onDisk) {
                written--; // overwritten by the next: it is in memory now
            }
            return;
        }
        window.put(span);
        next = written;
    }

    private void coarsen(Span span) {
        Span last = late.peekLast();
        if (last != null && !last.isLost() && !span.isLost() && last.end() == span.start()) {
            late.removeLast();
            late.addLast(new Span(last.start(), span.end(), last.time(), Span.UNCHECKED, 0));
        } else {
            late.addLast(span);
        }
    }

    private boolean write(Span span) {
        if (file == null || broken) {
            return false;
        }
        try {
            if (channel == null) {
                channel = disk.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
                written = channel.size() / Span.RECORD;
                next = written;
            }
            ByteBuffer record = ByteBuffer.wrap(span.toBytes());
            while (record.hasRemaining()) {
                channel.write(record, written * Span.RECORD + record.position());
            }
            written++;
            return true;
        } catch (IOException full) {
            // Without it a resumed run's lines have less exact times and no checksums; nothing else depends on it.
            broken = true;
            return false;
        }
    }

    /**
     * These bytes are given up although they came, and their entries are counted; noted for who takes this up.
     *
     * @return false if that could not be noted: then the bytes must stay
     */
    boolean giveUp(Span span) {
        givenUp.put(span.start(), span);
        if (file == null) {
            return true;
        }
        try (FileChannel given = disk.open(beside(".given"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            given.write(ByteBuffer.wrap(span.toBytes()), given.size() / Span.RECORD * Span.RECORD);
            return true;
        } catch (IOException full) {
            return false;
        }
    }

    /**
     * Everything before this place is delivered; noted in place, for the disk may be full.
     *
     * @return false if that could not be noted: then the bytes must stay
     */
    boolean mark(Stream.Mark mark) {
        if (file == null) {
            return true;
        }
        try (FileChannel marks = disk.open(beside(".mark"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            Span span = new Span(mark.position(), mark.position(), 0, mark.seq(), 0);
            ByteBuffer record = ByteBuffer.wrap(span.toBytes());
            int at = Span.RECORD * (int) (marksWritten % 2);
            while (record.hasRemaining()) {
                marks.write(record, at + record.position());
            }
            marks.force(false);
            marksWritten++;
            return true;
        } catch (IOException full) {
            return false;
        }
    }

    /** The last mark that is whole. */
    Stream.Mark marked() throws IOException {
        Stream.Mark best = Stream.Mark.START;
        if (file != null && disk.exists(beside(".mark"))) {
            for (Span span : Span.allIn(disk.read(beside(".mark")))) {
                best = span.start() > best.position() ? new Stream.Mark(span.start(), span.lost()) : best;
            }
        }
        return best;
    }

    private Path beside(String suffix) {
        Path own = java.util.Objects.requireNonNull(file);
        return own.resolveSibling(own.getFileName() + suffix);
    }

    /** Takes up what another process has left. */
    void restore() throws IOException {
        if (file != null && disk.exists(beside(".given"))) {
            Span.allIn(disk.read(beside(".given"))).forEach(span -> givenUp.put(span.start(), span));
        }
        if (file != null && disk.exists(file)) {
            channel = disk.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
            written = channel.size() / Span.RECORD;
            readBack();
        }
    }

    private void readBack() throws IOException {
        FileChannel open = channel;
        if (open == null) {
            return;
        }
        for (int i = 0; i < READ_BACK && next < written; i++, next++) {
            ByteBuffer record = ByteBuffer.allocate(Span.RECORD);
            while (record.hasRemaining() && open.read(record, next * Span.RECORD + record.position()) > 0) {
                // until it is whole
            }
            Span span = record.hasRemaining() ? null : Span.from(record.array());
            if (span != null && span.start() >= window.end() && span.end() > span.start()) {
                window.put(span);
            }
        }
    }

    private boolean more() {
        if (next < written) {
            try {
                readBack();
            } catch (IOException unreadable) {
                next = written; // unchecked from here on
            }
            return true;
        }
        Span first = late.pollFirst();
        if (first != null) {
            window.put(first);
        }
        return first != null;
    }

    /** Where everything known ends, be it in memory or not. */
    long knownEnd() throws IOException {
        if (next >= written || channel == null) {
            return window.end();
        }
        ByteBuffer last = ByteBuffer.allocate(Long.BYTES);
        channel.read(last, (written - 1) * Span.RECORD + Long.BYTES);
        return Math.max(window.end(), last.flip().remaining() == Long.BYTES ? last.getLong() : 0);
    }

    boolean isEmpty() {
        return window.size() == 0 && next >= written && late.isEmpty();
    }

    /** The span with this position, or the first behind it; null if nothing is known from there on. */
    @Nullable
    Span at(long position) {
        Map.Entry<Long, Span> given = givenUp.floorEntry(position);
        if (given != null && given.getValue().end() > position) {
            return given.getValue();
        }
        while (window.end() <= position && more()) {
            // until it is reached
        }
        return window.at(position);
    }

    /** When the byte at this position came. */
    long timeAt(long position, long otherwise) {
        return window.timeAt(position, otherwise);
    }

    /** Up to where what came at this position's time goes on; the position itself if that is not known. */
    long sameTimeUntil(long position) {
        return window.sameTimeUntil(position);
    }

    /** Gives up everything before this position, but for the last time that is known. */
    void forget(long position) {
        window.forget(position);
    }

    void sync() throws IOException {
        if (channel != null && !broken) {
            channel.force(false);
        }
    }
}
