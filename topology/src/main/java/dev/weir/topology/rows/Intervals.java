package dev.weir.topology.rows;

import java.util.Arrays;

/**
 * The sequence numbers of one source that were accepted: sorted, disjoint, never touching intervals. Bounded: when
 * holes become too many, the lowest one is closed, remembered only by its size, and what it lacked counts as lost.
 */
public final class Intervals {
    private static final int MOST = 256;

    /** from, end, from, end, … */
    private long[] bounds = new long[4];

    private int used;
    private long closed;

    /** Adds numbers from the first to before the end, and tells how many of them were new. */
    public long add(long from, long end) {
        if (used > 0 && bounds[used - 1] == from) {
            bounds[used - 1] = end;
            return end - from;
        }
        int low = 0;
        while (low < used && bounds[low + 1] < from) {
            low += 2;
        }
        int high = low;
        long start = from;
        long stop = end;
        long had = 0;
        while (high < used && bounds[high] <= end) {
            had += Math.max(0, Math.min(bounds[high + 1], end) - Math.max(bounds[high], from));
            start = Math.min(start, bounds[high]);
            stop = Math.max(stop, bounds[high + 1]);
            high += 2;
        }
        replace(low, high, start, stop);
        if (used > 2 * MOST) {
            closed += bounds[2] - bounds[1];
            replace(0, 4, bounds[0], bounds[3]);
        }
        return end - from - had;
    }

    public boolean contains(long number) {
        for (int i = used - 2; i >= 0; i -= 2) {
            if (number >= bounds[i]) {
                return number < bounds[i + 1];
            }
        }
        return false;
    }

    /** How many numbers were accepted. */
    public long size() {
        long size = -closed;
        for (int i = 0; i < used; i += 2) {
            size += bounds[i + 1] - bounds[i];
        }
        return size;
    }

    /** How many numbers below the highest accepted one never came. */
    public long gaps() {
        return end() - size();
    }

    /** One more than the highest accepted number. */
    public long end() {
        return used == 0 ? 0 : bounds[used - 1];
    }

    public int count() {
        return used / 2;
    }

    public long from(int index) {
        return bounds[2 * index];
    }

    public long end(int index) {
        return bounds[2 * index + 1];
    }

    void pack(Packer packer) {
        packer.number(closed).number(count());
        long before = 0;
        for (int i = 0; i < used; i++) {
            packer.number(bounds[i] - before);
            before = bounds[i];
        }
    }

    static Intervals unpack(Unpacker in) {
        Intervals intervals = new Intervals();
        intervals.closed = in.number();
        intervals.used = 2 * in.integer();
        intervals.bounds = new long[Math.max(4, intervals.used)];
        long before = 0;
        for (int i = 0; i < intervals.used; i++) {
            before += in.number();
            intervals.bounds[i] = before;
        }
        return intervals;
    }

    private void replace(int low, int high, long start, long stop) {
        int after = used - high;
        int size = low + 2 + after;
        long[] target = size > bounds.length ? Arrays.copyOf(bounds, Math.max(size, bounds.length * 2)) : bounds;
        System.arraycopy(bounds, high, target, low + 2, after);
        target[low] = start;
        target[low + 1] = stop;
        bounds = target;
        used = size;
    }
}
