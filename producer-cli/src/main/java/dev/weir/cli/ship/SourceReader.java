package dev.weir.cli.ship;

import dev.weir.cli.capture.Progress;
import dev.weir.cli.capture.Stream;
import dev.weir.cli.capture.Stream.Mark;
import dev.weir.cli.edit.Editor;
import dev.weir.schemas.LineBatchWriter;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a stream behind its writer and cuts it into entries. What is in memory is the window between the last cut and the last
 * read: a backlog of any size stays where it is.
 *
 * <p>Used by the shipper's thread, but for what is acknowledged.
 */
final class SourceReader implements AutoCloseable {
    private final Stream stream;
    private final Editor editor;
    private final boolean filters;
    private final LineSplitter splitter = new LineSplitter();
    private final Window window;
    private final FilterBlock block;
    private boolean leavesOut; // the line whose parts these are
    private volatile long next;
    private volatile long lines;
    private long known;
    private @Nullable Marker skipped;
    private boolean cutShortTold;
    private Mark safe;
    private volatile Mark acknowledged;
    private long released;
    private long committed;

    SourceReader(Stream stream, Editor editor) {
        this.stream = stream;
        this.editor = editor;
        this.filters = editor.filters();
        this.window = new Window(stream);
        this.block = new FilterBlock(stream.bytes().grain());
        this.next = stream.from().seq();
        this.acknowledged = stream.from();
        this.safe = stream.from();
        this.released = stream.from().position();
    }

    Stream stream() {
        return stream;
    }

    Position position() {
        return new Position(stream.name(), stream.kind(), next, stream.labels());
    }

    /** How many lines this process has read, or knows to be lost. */
    long lines() {
        return lines;
    }

    /** The last place from which this stream can be read again with the same numbers. */
    Mark mark() {
        if (block.isEmpty() && skipped == null) {
            safe = new Mark(window.cut(), next);
        }
        return safe;
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
                && skipped == null
                && block.leftOut() == 0
                && (cutShortTold
                        || window.cut() >= stream.progress().taken()
                                && !stream.progress().isCutShort());
    }

    boolean hasMore() {
        return window.hasMore() && !cutShortTold;
    }

    /** How far it has been read from disk. */
    long readTo() {
        return window.cut() + (window.to() - window.from());
    }

    /** Up to where it has been read and cut into entries. */
    long cut() {
        return window.cut();
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
        Progress.Came came = new Progress.Came(now, 0);
        while (skipped == null
                && !block.isOver()
                && entries < mostLines
                && (entries == 0 || batch.bytes() < mostBytes)) {
            LineSplitter.Entry entry = next();
            if (entry == null) {
                break;
            }
            boolean out = filters && leavesOut(entry);
            Optional<byte[]> edited = editor.edited(window.bytes(), entry.start(), entry.length());
            if (!out && next >= known) {
                if (window.cut() >= came.end()) {
                    came = stream.progress().cameAt(window.cut(), now);
                }
                long time = came.time();
                if (entries++ == 0) {
                    base = time;
                    batch.begin(stream.name(), stream.kind(), epoch, next, base);
                }
                add(batch, entry, edited.orElse(null), (int) Math.max(0, Math.min(Integer.MAX_VALUE, time - base)));
            }
            window.take(entry.size());
            lines += entry.last() ? 1 : 0;
            next += out ? 0 : 1;
            if (filters) {
                block.add(entry.size(), out);
                // Else what is acknowledged would count as held until the next block ends, for which there may be no
                // room.
                safe = block.isEmpty() ? new Mark(window.cut(), next) : safe;
            }
        }
        stream.progress().forget(window.cut());
        return entries > 0;
    }

    private LineSplitter.@Nullable Entry next() throws IOException {
        while (true) {
            LineSplitter.Entry entry = splitter.first(window.bytes(), window.from(), window.to(), window.isLast());
            if (entry != null || !window.read()) {
                return entry;
            }
        }
    }

    private boolean leavesOut(LineSplitter.Entry entry) {
        if (entry.part() <= 1) {
            leavesOut = editor.leavesOut(window.bytes(), entry.start(), entry.length());
        }
        return leavesOut;
    }

    private void add(LineBatchWriter batch, LineSplitter.Entry entry, byte @Nullable [] edited, int offset) {
        if (edited == null) {
            batch.add(
                    window.bytes(), entry.start(), entry.length(), offset, entry.part(), entry.last(), entry.newline());
        } else {
            batch.add(edited, 0, edited.length, offset, entry.part(), entry.last(), entry.newline());
        }
    }

    /**
     * Entries that will not come, once everything before them has been cut: told once, and numbers taken for them.
     *
     * @return empty if there are none; a marker without entries if Kafka has heard of them already
     */
    Optional<Marker> gap() {
        Marker told = null;
        boolean isLast = stream.progress().ended() && !hasMore() && window.isEmpty();
        if (block.leftOut() > 0 && (block.isOver() || skipped != null || window.atGap() || isLast)) {
            told = block.marker();
        } else if (skipped != null) {
            told = skipped;
            skipped = null;
        } else if (window.atGap()) {
            Window.Gap gap = window.passGap();
            splitter.reset();
            editor.skipped();
            told = new Marker(gap.dropped(), gap.entries(), gap.bytes(), gap.why());
        } else if (window.fallsShort() && !cutShortTold) {
            cutShortTold = true;
            told = new Marker(
                    false,
                    0,
                    stream.progress().taken() - window.cut(),
                    stream.progress().whyLost());
        }
        if (block.isOver() || told != null) {
            block.end();
        }
        if (told != null) {
            next += told.count();
            lines += told.reason().equals("filter") ? 0 : told.count();
        }
        return Optional.ofNullable(told).filter(marker -> next > known || marker.count() == 0);
    }

    /** How many bytes have come and are not on their way yet. */
    long backlog() {
        return stream.progress().taken() - window.cut();
    }

    /** Leaves out entries until so many bytes are gone; the disk has them back at once. False if none could go. */
    boolean skip(long bytes) throws IOException {
        long start = window.cut();
        long count = 0;
        while (window.cut() - start < bytes) {
            LineSplitter.Entry entry = next();
            if (entry == null && window.atGap()) {
                count += window.passGap().entries();
                continue;
            }
            if (entry == null) {
                break;
            }
            editor.edited(window.bytes(), entry.start(), entry.length()); // it may teach a mask
            window.take(entry.size());
            count++;
        }
        long gone = window.cut() - start;
        if (gone > 0) {
            Marker before = skipped;
            skipped = before == null
                    ? new Marker(true, count, gone, "overflow")
                    : new Marker(true, before.count() + count, before.bytes() + gone, "overflow");
            stream.progress().forget(window.cut());
            if (stream.progress().giveUp(start, window.cut(), count)) {
                stream.bytes().giveUp(start, window.cut());
            }
        }
        return gone > 0;
    }

    boolean isUncommitted() {
        return stream.progress().taken() > Math.max(acknowledged.position(), committed);
    }

    /** Brings to disk what Kafka has not acknowledged yet. */
    void commit() {
        long taken = stream.progress().taken();
        if (isUncommitted()) {
            stream.progress().settle();
            committed = taken;
            try {
                stream.bytes().sync();
                stream.progress().sync();
            } catch (IOException faulty) {
                // The system still has it, and so will Kafka; only a crash of the machine could tell the difference.
                return;
            }
        }
    }

    /** Gives back what Kafka has. */
    void release() throws IOException {
        Mark mark = acknowledged;
        stream.progress().deliver(mark.position());
        stream.bytes().delivered(mark.position());
        if (mark.position() - released >= stream.bytes().grain()) {
            released = mark.position();
            if (stream.progress().mark(mark)) {
                stream.bytes().release(mark.position());
            }
        }
    }

    Progress progress() {
        return stream.progress();
    }

    @Override
    public void close() throws IOException {
        stream.bytes().close();
    }
}
