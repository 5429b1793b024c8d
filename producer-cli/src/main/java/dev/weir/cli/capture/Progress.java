package dev.weir.cli.capture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.zip.CRC32;

/**
 * How far a stream has been taken, when, and how far that is delivered. Written by one relay, read by one shipper.
 *
 * <p>What a relay takes within one tick is one span of the {@link Ledger}, with one time and one checksum.
 */
public final class Progress {
    private static final int TICK_MILLIS = 10;
    private static final int LONGEST_SPAN = 1 << 16;

    private final Bell bell;
    private final Ledger ledger;
    private final Allowance allowance;
    private final CRC32 sum = new CRC32();
    private final Deque<long[]> early =
            new ArrayDeque<>(); // an end, and the bytes before it that were given back early
    private long spanStart;
    private long spanTime;
    private boolean spanChecked;
    private long taken;
    private long settled;
    private long delivered;
    private boolean ended;
    private boolean cutShort;
    private String whyLost = "lost";
    private int tick = TICK_MILLIS;

    Progress(Bell bell, Ledger ledger, Allowance allowance) {
        this.bell = bell;
        this.ledger = ledger;
        this.allowance = allowance;
    }

    /** Every time as it is given, for lines that bring their own. */
    Progress exact() {
        tick = 1;
        return this;
    }

    /** Of a stream that is begun at this position, and whose times nobody needs to find again. */
    public static Progress from(Bell bell, long position) {
        Progress progress = new Progress(bell, Ledger.inMemory(), Allowance.unbounded());
        progress.taken = position;
        progress.settled = position;
        progress.spanStart = position;
        progress.delivered = position;
        return progress;
    }

    /** Bytes that somebody else keeps. */
    public synchronized void advance(long bytes, long now) {
        settleBefore(now, bytes, false);
        taken += bytes;
        allowance.take(bytes);
        bell.ring();
    }

    /** Bytes that weir keeps. */
    public synchronized void advance(ByteBuffer bytes, long now) {
        int length = bytes.remaining();
        settleBefore(now, length, true);
        sum.update(bytes);
        taken += length;
        allowance.take(length);
        bell.ring();
    }

    /** Bytes that came and are not kept; they held so many entries. */
    public synchronized void lose(long bytes, long entries, long now, boolean toTheDisk) {
        settle();
        ledger.add(new Span(taken, taken + bytes, now, entries, toTheDisk ? 1 : 0));
        allowance.take(bytes);
        taken += bytes;
        settled = taken;
        spanStart = taken;
        giveEarly(taken, bytes);
        bell.ring();
    }

    private void settleBefore(long now, long coming, boolean checked) {
        boolean open = taken > spanStart;
        if (open && (Math.abs(now - spanTime) >= tick || checked && taken - spanStart + coming > LONGEST_SPAN)) {
            settle();
            open = false;
        }
        if (!open) {
            spanStart = taken;
            spanTime = now;
            spanChecked = checked;
            sum.reset();
        }
    }

    /** Closes the span that is open, so that everything taken can be checked. */
    public synchronized void settle() {
        if (taken > spanStart) {
            long kind = spanChecked ? Span.CHECKED : Span.UNCHECKED;
            ledger.add(new Span(spanStart, taken, spanTime, kind, spanChecked ? (int) sum.getValue() : 0));
            spanStart = taken;
            settled = taken;
        }
    }

    /** Takes up what another process has left of a stream of this many bytes. */
    synchronized void restore(long bytes, long time) throws IOException {
        ledger.restore();
        if (ledger.isEmpty() && bytes > 0) {
            ledger.add(new Span(0, bytes, time, Span.UNCHECKED, 0));
        }
        taken = Math.max(bytes, ledger.knownEnd());
        settled = taken;
        spanStart = taken;
        delivered = ledger.marked().position();
        allowance.take(taken - delivered);
        bell.ring();
    }

    public synchronized void end() {
        settle();
        ended = true;
        bell.ring();
    }

    /** As {@link #end}; and bytes that were taken, but not yet read, are gone for this reason. */
    public synchronized void cutShort(String reason) {
        whyLost = reason;
        cutShort = true;
        end();
    }

    public synchronized boolean isCutShort() {
        return cutShort;
    }

    public synchronized String whyLost() {
        return whyLost;
    }

    public synchronized long taken() {
        return taken;
    }

    /** True when no byte will follow those already taken. */
    public synchronized boolean ended() {
        return ended;
    }

    /** When the byte at this position was taken; positions must not go back below a forgotten one. */
    public synchronized long timeAt(long position, long otherwise) {
        return ledger.isEmpty() ? otherwise : ledger.timeAt(position, otherwise);
    }

    /** As {@link #timeAt}, and up to which position it holds, so that not every line need ask. */
    public synchronized Came cameAt(long position, long otherwise) {
        if (ledger.isEmpty()) {
            return new Came(otherwise, position + 1);
        }
        return new Came(ledger.timeAt(position, otherwise), Math.max(ledger.sameTimeUntil(position), position + 1));
    }

    /** When bytes came, and where those that came then end. */
    public record Came(long time, long end) {}

    /** What is known of the bytes at this position; of what is not settled, nothing. */
    public synchronized Stretch stretchAt(long position) {
        Span span = ledger.at(position);
        if (span == null || span.start() > position && !span.isLost() && !span.isChecked()) {
            return new Stretch(position, Long.MAX_VALUE, false, -1, 0);
        }
        if (span.start() > position) {
            return new Stretch(position, span.start(), false, -1, 0);
        }
        return new Stretch(span.start(), span.end(), span.isChecked(), span.lost(), span.sum());
    }

    /**
     * A stretch of bytes of which the same is known.
     *
     * @param lost how many entries it held, if its bytes were given up; else negative
     */
    public record Stretch(long start, long end, boolean checked, long lost, int sum) {
        public boolean isLost() {
            return lost >= 0;
        }
    }

    /** Gives up the times of everything before this position. */
    public synchronized void forget(long position) {
        ledger.forget(position);
    }

    /** These bytes are left out, with so many entries, though what comes before them still is to be delivered. False: they must stay. */
    public synchronized boolean giveUp(long start, long end, long entries) {
        giveEarly(end, end - start);
        return ledger.giveUp(new Span(start, end, 0, entries, 0));
    }

    /** Notes that everything before this place is delivered, for whoever takes this stream up. False: they must stay. */
    public synchronized boolean mark(Stream.Mark mark) {
        return ledger.mark(mark);
    }

    synchronized Stream.Mark marked() throws IOException {
        return ledger.marked();
    }

    private void giveEarly(long end, long bytes) {
        early.addLast(new long[] {end, bytes});
        allowance.give(bytes);
    }

    /** Everything before this position is delivered. */
    public synchronized void deliver(long position) {
        long back = position - delivered;
        for (long[] first; (first = early.peekFirst()) != null && first[0] <= position; ) {
            back -= first[1];
            early.removeFirst();
        }
        delivered = Math.max(delivered, position);
        allowance.give(back);
    }

    public Allowance allowance() {
        return allowance;
    }

    public synchronized void sync() throws IOException {
        ledger.sync();
    }
}
