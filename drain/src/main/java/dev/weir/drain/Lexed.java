package dev.weir.drain;

import java.util.Arrays;

/**
 * What lexing a line gives: where its values are, a hash of everything else, and, when asked to record, every part. Used
 * again for every line; allocates nothing after it has grown to its caps.
 */
final class Lexed {
    static final byte LITERAL = 0;
    static final byte VALUE = 1;
    static final byte PUNCTUATION = 2;
    /** A value found by the user's own mask: kind minus NAMED is the mask's name. */
    static final byte NAMED = 3;

    private static final long VALUE_MARK = 0x5851F42D4C957F2DL;

    private final Hash hash;

    int[] start = new int[64];
    int[] end = new int[64];
    byte[] kind = new byte[64];
    int items;
    /** The line last recorded without its values. */
    byte[] blanked = new byte[512];

    /** Where values are, in order, recording or not. */
    final int[] valueStart;

    final int[] valueEnd;
    int values;

    /** How many single bytes of punctuation there were. */
    int marks;

    boolean record;
    int seen;
    long h;
    /** White space since the last item; becomes part of the next one's step. */
    long gap;

    Lexed(int maxItems, Hash hash) {
        this.hash = hash;
        this.valueStart = new int[maxItems * 2];
        this.valueEnd = new int[maxItems * 2];
    }

    void clear(boolean recording) {
        record = recording;
        items = 0;
        values = 0;
        marks = 0;
        seen = 0;
        h = 0;
        gap = 0;
    }

    void step(long x) {
        h = Bytes.step(h, x + gap);
        gap = 0;
        seen++;
    }

    int literal(byte[] b, int s, int e) {
        step(hash.of(b, s, e));
        if (record) {
            item(s, e, LITERAL);
        }
        return e;
    }

    int value(int s, int e, byte what) {
        step(VALUE_MARK + what);
        if (values < valueStart.length) {
            valueStart[values] = s;
            valueEnd[values++] = e;
        }
        if (record) {
            item(s, e, what);
        }
        return e;
    }

    /**
     * Writes the line last recorded to {@link #blanked}, from its first item on, with a nought for each value: all that
     * lines of its shape have in common, and nothing else. Returns how long that is.
     */
    int blank(byte[] b, int from) {
        int n = 0;
        int at = items > 0 ? start[0] : from;
        for (int i = 0; i < items; i++) {
            boolean value = kind[i] != LITERAL && kind[i] != PUNCTUATION;
            int length = (value ? start[i] : end[i]) - at;
            if (blanked.length < n + length + 1) {
                blanked = Arrays.copyOf(blanked, Math.max(blanked.length * 2, n + length + 1));
            }
            System.arraycopy(b, at, blanked, n, length);
            n += length;
            if (value) {
                blanked[n++] = '0';
            }
            at = end[i];
        }
        return n;
    }

    void item(int s, int e, byte what) {
        if (items == start.length) {
            start = Arrays.copyOf(start, items * 2);
            end = Arrays.copyOf(end, items * 2);
            kind = Arrays.copyOf(kind, items * 2);
        }
        start[items] = s;
        end[items] = e;
        kind[items++] = what;
    }

    /** Takes back what came since: the parts of a word that turned out to be one value. */
    void back(int toValues, int toItems, long toHash, long toGap) {
        values = toValues;
        items = toItems;
        h = toHash;
        gap = toGap;
    }

    /** The last value ends further on. */
    void extend(int to) {
        valueEnd[values - 1] = to;
        if (record) {
            end[items - 1] = to;
        }
    }
}
