package dev.weir.drain;

/**
 * How the numbers among the values of a slot are spread; a slot's own part, for an object of its own would be fetched from
 * memory for every line of a run of thousands of templates. Counts in buckets that grow with the number, sixteen to each power of two, so that a quantile
 * is off by at most 3.2 % of itself. Adding two of them gives exactly what counting all numbers in one would have given,
 * as long as the numbers span fewer than {@value #MOST} buckets (sixteen powers of two); below that the smallest share a
 * bucket. Numbers that are not positive share one bucket, at the minimum.
 */
abstract class Numbers {
    static final int MOST = 256;
    private static final int SHIFT = 48;
    private static final int[] NONE = {};

    private long numbers;
    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;
    private long low;
    private int first;
    private int[] buckets = NONE;

    /** How many of the values are plain decimal numbers. */
    public long numbers() {
        return numbers;
    }

    /** NaN where there were no numbers. */
    public double min() {
        return numbers == 0 ? Double.NaN : min;
    }

    public double max() {
        return numbers == 0 ? Double.NaN : max;
    }

    /** The value below which the share {@code q} of the numbers lies, within 3.2 %; NaN where there were none. */
    public double quantile(double q) {
        return numbers == 0 ? Double.NaN : at(q);
    }

    void add(double v, long times) {
        numbers += times;
        min = v < min ? v : min;
        max = v > max ? v : max;
        if (v > 0) {
            add((int) (Double.doubleToRawLongBits(v) >>> SHIFT), (int) Math.min(times, 1000));
        } else {
            low += Math.min(times, 1000);
        }
    }

    private void add(int bucket, int times) {
        int at = place(bucket);
        int sum = buckets[at] + times;
        buckets[at] = sum < 0 ? Integer.MAX_VALUE : sum;
    }

    /** The index of a bucket, made if need be; the lowest one that is kept for those too far down. */
    private int place(int bucket) {
        int at = bucket - first;
        if (at >= 0 && at < buckets.length) {
            return at;
        }
        if (buckets.length == 0) {
            first = bucket & ~3;
            buckets = new int[4];
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

    void absorb(Numbers other) {
        numbers += other.numbers;
        min = Math.min(min, other.min);
        max = Math.max(max, other.max);
        low += other.low;
        for (int i = 0; i < other.buckets.length; i++) {
            if (other.buckets[i] > 0) {
                add(other.first + i, other.buckets[i]);
            }
        }
    }

    private double at(double q) {
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

    int numberBytes() {
        return 16 + 4 * buckets.length;
    }

    void writeNumbers(RowWriter out) {
        out.number(numbers);
        if (numbers == 0) {
            return;
        }
        out.fixed(Double.doubleToLongBits(min)).fixed(Double.doubleToLongBits(max));
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

    void readNumbers(RowReader in) {
        numbers = in.number();
        if (numbers == 0) {
            return;
        }
        min = Double.longBitsToDouble(in.fixed());
        max = Double.longBitsToDouble(in.fixed());
        low = in.number();
        first = in.number(0, 1 << 16);
        buckets = new int[in.number(0, MOST)];
        for (int i = 0; i < buckets.length; i++) {
            buckets[i] = in.number(0, Integer.MAX_VALUE);
        }
    }
}
