package dev.weir.drain;

import java.util.Arrays;

/**
 * How numbers are spread: counts in buckets that grow with the number, sixteen to each power of two, so that a quantile
 * is off by at most 3.2 % of itself. Adding two of them gives exactly what counting all numbers in one would have given,
 * as long as the numbers span fewer than {@value #MOST} buckets (sixteen powers of two); below that the smallest share a
 * bucket. Numbers that are not positive share one bucket, at the minimum.
 */
final class Quantiles {
    static final int MOST = 256;
    private static final int SHIFT = 48;

    private long low;
    private int first;
    private int[] buckets = new int[0];

    void add(double v) {
        if (v > 0) {
            add((int) (Double.doubleToRawLongBits(v) >>> SHIFT), 1);
        } else {
            low++;
        }
    }

    private void add(int bucket, int times) {
        int at = place(bucket);
        int sum = buckets[at] + times;
        buckets[at] = sum < 0 ? Integer.MAX_VALUE : sum;
    }

    /** The index of a bucket, made if need be; the lowest one that is kept for those too far down. */
    private int place(int bucket) {
        if (buckets.length == 0) {
            first = bucket & ~3;
            buckets = new int[4];
        }
        if (bucket >= first && bucket < first + buckets.length) {
            return bucket - first;
        }
        if (bucket < first && buckets.length == MOST) {
            return 0;
        }
        int top = Math.max(bucket, first + buckets.length - 1);
        int bottom = Math.max(Math.min(bucket, first), top - MOST + 1);
        bottom = Math.max(bottom & ~3, top - MOST + 1);
        int[] wider = new int[Math.min(MOST, (top - bottom + 4) & ~3)];
        for (int i = 0; i < buckets.length; i++) {
            int to = Math.max(first + i, bottom) - bottom;
            wider[to] += buckets[i];
        }
        first = bottom;
        buckets = wider;
        return Math.max(bucket, bottom) - first;
    }

    void absorb(Quantiles other) {
        low += other.low;
        for (int i = 0; i < other.buckets.length; i++) {
            if (other.buckets[i] > 0) {
                add(other.first + i, other.buckets[i]);
            }
        }
    }

    /** The value below which the share {@code q} of all numbers lies, within the error said above. */
    double at(double q, double min, double max) {
        long total = low;
        for (int n : buckets) {
            total += n;
        }
        long rank = (long) Math.ceil(q * total);
        long seen = low;
        if (rank <= seen) {
            return min;
        }
        for (int i = 0; i < buckets.length; i++) {
            seen += buckets[i];
            if (seen >= rank) {
                double from = Double.longBitsToDouble((long) (first + i) << SHIFT);
                double to = Double.longBitsToDouble((long) (first + i + 1) << SHIFT);
                return Math.max(min, Math.min(max, (from + to) / 2));
            }
        }
        return max;
    }

    int bytes() {
        return 48 + 4 * buckets.length;
    }

    void write(RowWriter out) {
        out.number(low).number(first);
        int used = buckets.length;
        while (used > 0 && buckets[used - 1] == 0) {
            used--;
        }
        out.number(used);
        for (int i = 0; i < used; i++) {
            out.number(buckets[i]);
        }
    }

    void read(RowReader in) {
        low = in.number();
        first = in.number(0, 1 << 16);
        buckets = new int[in.number(0, MOST)];
        for (int i = 0; i < buckets.length; i++) {
            buckets[i] = in.number(0, Integer.MAX_VALUE);
        }
    }

    boolean isEmpty() {
        return low == 0 && Arrays.stream(buckets).allMatch(n -> n == 0);
    }
}
