package dev.weir.drain;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the values at one place of a template, in bounded space: how many, how many different ones, the most
 * frequent, and how the numbers among them are spread. Up to {@value #KEPT} different values everything is exact.
 */
public final class Slot extends Numbers {
    static final int KEPT = 8;
    static final int LONGEST = 24;
    /** So many values must have been seen before a new one is worth a word. */
    static final int SETTLED = 64;

    /** One of the most frequent values; its count is exact while the slot has no more than {@value #KEPT}, else the least it can be. */
    public record Value(String text, long count) {}

    @Nullable
    String name;

    private long count;
    private int kept;
    /** Where the rarest value may be: none before it is as rare as {@link #least}, and none at all is rarer. */
    private int rarest;

    private long least;
    /** Of the values kept, their hashes, then their counts: most often one value is looked for, and one array is fetched. */
    private long[] seen = new long[2];

    private byte[] lengths = new byte[1];
    private byte[] values = new byte[LONGEST];
    private @Nullable Distinct distinct;

    /** The slots of a template, in its order, from the rows that {@link Miner} wrote of it; for those who only read. */
    public static List<Slot> read(byte[] templateRow, byte[] slotsRow) {
        Template template = TemplateRow.read(templateRow);
        SlotsRow.read(template, slotsRow);
        return template.slots();
    }

    /** Takes in one value; true if it is new to a slot that had few. */
    boolean observe(byte[] b, int from, int to) {
        return observe(b, from, to, 1);
    }

    boolean observe(byte[] b, int from, int to, long times) {
        count += times;
        number(b, from, to, times);
        long hash = Bytes.finish(Bytes.hash(b, from, to));
        int at = indexOf(hash);
        if (at >= 0) {
            seen[counts() + at] += times;
            return false;
        }
        return fresh(b, from, to, hash, times);
    }

    private boolean fresh(byte[] b, int from, int to, long hash, long times) {
        if (kept < KEPT) {
            if (kept == lengths.length) {
                int room = kept * 2;
                long[] wider = Arrays.copyOf(seen, 2 * room);
                System.arraycopy(seen, kept, wider, room, kept);
                seen = wider;
                lengths = Arrays.copyOf(lengths, room);
                values = Arrays.copyOf(values, room * LONGEST);
            }
            keep(kept++, b, from, to, hash, times);
            return count - times >= SETTLED;
        }
        Distinct sketch = distinct;
        if (sketch == null) {
            sketch = new Distinct();
            distinct = sketch;
            for (int i = 0; i < kept; i++) {
                sketch.add(seen[i]);
            }
        }
        sketch.add(hash);
        // The rarest one makes room and leaves its count behind, so that a value that is frequent from now on rises.
        int i = rarest();
        keep(i, b, from, to, hash, count(i) + times);
        return false;
    }

    /** The first of the rarest values. Counts only grow, so that the next one is most often found further on. */
    private int rarest() {
        int i = rarest;
        while (i < KEPT && count(i) != least) {
            i++;
        }
        if (i == KEPT) {
            i = 0;
            for (int k = 1; k < KEPT; k++) {
                i = count(k) < count(i) ? k : i;
            }
            least = count(i);
        }
        rarest = i;
        return i;
    }

    private void keep(int i, byte[] b, int from, int to, long hash, long times) {
        int length = Math.min(to - from, LONGEST);
        seen[i] = hash;
        seen[counts() + i] = times;
        lengths[i] = (byte) length;
        Bytes.copy(b, from, values, i * LONGEST, length);
    }

    /** Reads a plain decimal number, without a library and without an object. */
    private void number(byte[] b, int from, int to, long times) {
        int length = to - from;
        if (length > 0 && length <= 8 && from + 8 <= b.length) {
            if (Digits.leading(b, from) >= length) {
                add(Digits.upToEight(b, from, length), times);
                return;
            }
            if (b[from] > '9') {
                return;
            }
        }
        int i = from;
        boolean negative = i < to && b[i] == '-';
        i += negative ? 1 : 0;
        if (i == to || to - i > 18) {
            return;
        }
        long v = 0;
        int decimals = -1;
        for (; i < to; i++) {
            int d = b[i] - '0';
            if (d >= 0 && d <= 9) {
                v = v * 10 + d;
                decimals += decimals >= 0 ? 1 : 0;
            } else if (b[i] == '.' && decimals < 0 && i + 1 < to) {
                decimals = 0;
            } else {
                return;
            }
        }
        double x = decimals > 0 ? v / POWERS[decimals] : v;
        add(negative ? 0 - x : x, times);
    }

    private static final double[] POWERS = {
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18
    };

    /** Adds what another slot has seen. Counts, extremes and quantiles add exactly; the most frequent values nearly. */
    void absorb(Slot other) {
        count += other.count;
        super.absorb(other);
        for (int i = 0; i < other.kept; i++) {
            int at = indexOf(other.seen[i]);
            if (at >= 0) {
                seen[counts() + at] += other.count(i);
            } else {
                fresh(other.values, i * LONGEST, i * LONGEST + other.lengths[i], other.seen[i], other.count(i));
            }
        }
        if (other.distinct != null) {
            Distinct mine = distinct == null ? new Distinct() : distinct;
            for (int i = 0; distinct == null && i < kept; i++) {
                mine.add(seen[i]);
            }
            mine.absorb(other.distinct);
            distinct = mine;
        }
    }

    private int indexOf(long hash) {
        for (int i = 0; i < kept; i++) {
            if (seen[i] == hash) {
                return i;
            }
        }
        return -1;
    }

    /** Where the counts begin. */
    private int counts() {
        return seen.length >> 1;
    }

    private long count(int i) {
        return seen[counts() + i];
    }

    /** The field's name where lines have named fields, else null. */
    public @Nullable String name() {
        return name;
    }

    public long count() {
        return count;
    }

    /** Number of different values: exact up to {@value #KEPT}, then within 9 % or so. */
    public long distinct() {
        return distinct == null ? kept : Math.max(KEPT + 1, distinct.estimate());
    }

    public boolean exact() {
        return distinct == null;
    }

    /**
     * The most frequent values, most frequent first. A value that took a rarer one's place took its count as well, so
     * where there are more than {@value #KEPT} the least of the counts may be nobody's: without it, a value must still make
     * up a hundredth to be called frequent.
     */
    public List<Value> top() {
        long borrowed = exact()
                ? 0
                : IntStream.range(0, kept).mapToLong(this::count).min().orElse(0);
        long least = exact() ? 0 : Math.max(2, count / 100);
        // Values longer than what is kept of them may read alike.
        Map<String, Long> texts = new LinkedHashMap<>();
        for (int i = 0; i < kept; i++) {
            if (count(i) - borrowed >= least) {
                String text = new String(values, i * LONGEST, lengths[i], StandardCharsets.UTF_8);
                texts.merge(text, count(i) - borrowed, Long::sum);
            }
        }
        List<Value> top = new ArrayList<>();
        texts.forEach((text, times) -> top.add(new Value(text, times)));
        top.sort(Comparator.comparingLong(Value::count).reversed());
        return top;
    }

    int bytes() {
        return 120 + lengths.length * (17 + LONGEST) + numberBytes() + (distinct == null ? 0 : 160);
    }

    void write(RowWriter out) {
        out.text(name == null ? "" : name).number(count);
        writeNumbers(out);
        out.number(kept);
        for (int i = 0; i < kept; i++) {
            out.fixed(seen[i]).number(count(i)).bytes(values, i * LONGEST, lengths[i]);
        }
        out.number(distinct == null ? 0 : 1);
        if (distinct != null) {
            distinct.write(out);
        }
    }

    void read(RowReader in) {
        String named = in.text();
        name = named.isEmpty() ? null : named;
        count = in.number();
        readNumbers(in);
        kept = in.number(0, KEPT);
        rarest = 0;
        least = 0;
        int room = Math.max(1, Integer.highestOneBit(Math.max(1, kept * 2 - 1)));
        seen = new long[2 * room];
        lengths = new byte[room];
        values = new byte[room * LONGEST];
        for (int i = 0; i < kept; i++) {
            seen[i] = in.fixed();
            seen[counts() + i] = in.number();
            byte[] value = in.bytes();
            if (value.length > LONGEST) {
                throw in.damaged("a value of " + value.length + " bytes");
            }
            lengths[i] = (byte) value.length;
            System.arraycopy(value, 0, values, i * LONGEST, value.length);
        }
        distinct = null;
        if (in.number(0, 1) == 1) {
            distinct = new Distinct();
            distinct.read(in);
        }
    }
}
