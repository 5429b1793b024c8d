package dev.weir.cli.capture;

import java.util.Arrays;

/**
 * How far a stream has been taken, and when: the clock of its lines. Written by one relay, read by one shipper.
 *
 * <p>Times are kept for spans of bytes, one for each tick of {@link #TICK_MILLIS}, in a flat array that forgets what has been
 * shipped: ten minutes of an unreachable broker are a megabyte.
 */
public final class Progress {
    private static final int TICK_MILLIS = 10;

    private final Bell bell;
    private long taken;
    private boolean ended;
    private long[] spans = new long[64]; // pairs: the end of a span, and its time
    private int from;
    private int to;

    public Progress(Bell bell) {
        this.bell = bell;
    }

    synchronized void advance(int bytes, long now) {
        taken += bytes;
        if (to > from && now - spans[to - 1] < TICK_MILLIS) {
            spans[to - 2] = taken;
        } else {
            if (to == spans.length) {
                compact();
            }
            spans[to++] = taken;
            spans[to++] = now;
        }
        bell.ring();
    }

    synchronized void end() {
        ended = true;
        bell.ring();
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
        return from + 2 * low < to ? spans[from + 2 * low + 1] : otherwise;
    }

    /** Gives up the times of everything before this position. */
    public synchronized void forget(long position) {
        while (from + 2 < to && spans[from] <= position) {
            from += 2;
        }
    }

    private void compact() {
        int length = to - from;
        long[] room = length > spans.length / 2 ? new long[spans.length * 2] : spans;
        System.arraycopy(spans, from, room, 0, length);
        if (room == spans) {
            Arrays.fill(spans, length, spans.length, 0);
        }
        spans = room;
        from = 0;
        to = length;
    }
}
