package dev.weir.cli.capture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How far a stream has been taken, and when: the clock of its lines. Written by one relay, read by one shipper.
 *
 * <p>Times are kept for spans of bytes, one for each tick of {@link #TICK_MILLIS}, in a flat array that forgets what has been
 * shipped: ten minutes of an unreachable broker are a megabyte.
 */
public final class Progress {
    private static final int TICK_MILLIS = 10;

    private final Bell bell;
    private final @Nullable Times times;
    private long taken;
    private boolean ended;
    private boolean cutShort;
    private String whyLost = "lost";
    private long[] spans = new long[64]; // pairs: the start of a span, and its time
    private int from;
    private int to;

    Progress(Bell bell, @Nullable Times times) {
        this.bell = bell;
        this.times = times;
    }

    /** Of a stream that is begun at this position, and whose times nobody needs to find again. */
    public static Progress from(Bell bell, long position) {
        Progress progress = new Progress(bell, null);
        progress.taken = position;
        return progress;
    }

    public synchronized void advance(long bytes, long now) {
        if (to == from || now - spans[to - 1] >= TICK_MILLIS) {
            addSpan(taken, now);
            if (times != null) {
                times.add(taken, now);
            }
        }
        taken += bytes;
        bell.ring();
    }

    /** Takes up the times that another process has left. */
    synchronized void restore() throws IOException {
        for (ByteBuffer pairs = times == null ? ByteBuffer.allocate(0) : times.read(); Times.hasPair(pairs); ) {
            addSpan(pairs.getLong(), pairs.getLong());
        }
    }

    /** Takes bytes that came while nobody kept their times; where there is none at all, this one. */
    synchronized void adopt(long bytes, long time) {
        if (to == from) {
            addSpan(0, time);
        }
        taken = bytes;
        bell.ring();
    }

    public synchronized void end() {
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
        int low = 0;
        int high = (to - from) / 2;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (spans[from + 2 * middle] <= position) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low > 0 ? spans[from + 2 * low - 1] : otherwise;
    }

    /** Gives up the times of everything before this position. */
    public synchronized void forget(long position) {
        while (from + 4 <= to && spans[from + 2] <= position) {
            from += 2;
        }
    }

    private void addSpan(long start, long time) {
        if (to == spans.length) {
            compact();
        }
        spans[to++] = start;
        spans[to++] = time;
    }

    private void compact() {
        int length = to - from;
        if (length > spans.length / 2) {
            spans = Arrays.copyOfRange(spans, from, from + spans.length * 2);
        } else {
            System.arraycopy(spans, from, spans, 0, length);
        }
        from = 0;
        to = length;
    }
}
