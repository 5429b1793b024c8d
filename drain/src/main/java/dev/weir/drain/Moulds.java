package dev.weir.drain;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The moulds of frequent shapes, by how their lines begin: a bounded cache that decides nothing. */
final class Moulds {
    private static final int MOST = 1024;
    /** Lines of so many shapes may begin alike; a line that fits none of them has been looked at in vain. */
    private static final int MOST_ALIKE = 4;
    /** Lines of a shape until it has a mould. */
    private static final int FREQUENT = 8;

    /** Lines shorter than this are lexed as fast. */
    private static final int LEAST_BYTES = 8;

    /** Looking in vain costs one, being right earns two; when nothing is left, so many lines are lexed without a look. */
    private static final int CREDIT = 256;

    private static final int MOST_CREDIT = 1024;
    private static final int REST = 8192;

    private static final long[] NO_KEYS = {};
    private static final @Nullable Mould[] NONE = {};

    private final Lexer lexer;
    private final Lexed lexed;
    private final int maxBytes;
    private long[] keys = NO_KEYS;
    private @Nullable Mould[] moulds = NONE;
    private int credit = CREDIT;
    private int resting;
    private int size;

    /** The one that the last line fitted, but for what is remembered of its shape. */
    @Nullable
    Mould outdated;

    /** Whether there is one that the last line was not compared with, as it may be JSON or logfmt. */
    boolean passedOver;

    Moulds(Lexer lexer, Lexed lexed, int maxBytes) {
        this.lexer = lexer;
        this.lexed = lexed;
        this.maxBytes = maxBytes;
    }

    /**
     * What is remembered of the shape that the line has, if it fits a mould.
     *
     * @param text whether only those moulds will do that say that the line is neither JSON nor logfmt
     * @param age the catalogue's
     */
    Shapes.@Nullable Entry find(byte[] b, int from, int to, int level, boolean text, long age) {
        outdated = null;
        passedOver = false;
        if (size == 0 || to - from < LEAST_BYTES || to - from > maxBytes) {
            return null;
        }
        if (resting > 0) {
            resting--;
            return null;
        }
        long key = key(b, from);
        int mask = moulds.length - 1;
        int i = place(key, mask);
        Mould m;
        while ((m = moulds[i]) != null) {
            if (keys[i] == key && m.level == level && !m.worthless()) {
                if (text && !m.text) {
                    passedOver = true;
                } else if (m.fits(b, from, to, lexer, lexed)) {
                    if (m.entry.valid(age)) {
                        credit = Math.min(credit + 2, MOST_CREDIT);
                        return m.entry;
                    }
                    outdated = m;
                    return null;
                }
            }
            i = i + 1 & mask;
        }
        if (!passedOver && --credit <= 0) {
            credit = CREDIT;
            resting = REST;
        }
        return null;
    }

    /** Counts a line that was lexed though its shape was known, and makes a mould of it whenever their number has doubled. */
    void lexed(Shapes.Entry entry, byte[] b, int from, int to, int level) {
        int hits = resting > 0 ? 0 : ++entry.lexed;
        if (hits < FREQUENT || (hits & hits - 1) != 0 || to - from < LEAST_BYTES) {
            return;
        }
        Mould made = Mould.of(entry, level, b, from, to, lexer, lexed);
        if (made != null) {
            put(made);
        }
    }

    /** Gives the mould that the last line fitted what is now known of its shape. */
    void renew(Shapes.Entry entry) {
        Mould known = outdated;
        if (known != null) {
            known.entry = entry;
        }
    }

    private void put(Mould made) {
        if (size >= MOST) {
            Arrays.fill(moulds, null);
            size = 0;
        }
        if ((size + 1) * 2 > moulds.length) {
            @Nullable Mould[] old = moulds;
            int room = Math.max(8, old.length * 2);
            moulds = new @Nullable Mould[room];
            keys = new long[room];
            size = 0;
            for (Mould m : old) {
                if (m != null && !m.worthless()) {
                    insert(m);
                }
            }
        }
        insert(made);
    }

    private void insert(Mould made) {
        int mask = moulds.length - 1;
        int i = place(made.key, mask);
        int alike = 0;
        Mould m;
        while ((m = moulds[i]) != null && m.entry != made.entry && !m.worthless()) {
            alike += m.key == made.key ? 1 : 0;
            i = i + 1 & mask;
        }
        if (alike < MOST_ALIKE) {
            size += m == null ? 1 : 0;
            moulds[i] = made;
            keys[i] = made.key;
        }
    }

    private static int place(long key, int mask) {
        return (int) (key * Bytes.K >>> 40) & mask;
    }

    /** How a line begins: up to eight letters, or its first byte, where any digit is as good as another. */
    static long key(byte[] b, int from) {
        long v = Bytes.load(b, from);
        int letters = Bytes.letters(v);
        if (letters == 0) {
            return Bytes.digit(b[from]) ? '0' : b[from];
        }
        return v & -1L >>> 64 - 8 * letters;
    }
}
