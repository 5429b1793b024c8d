package dev.weir.drain;

import static dev.weir.drain.Bytes.CLASS;
import static dev.weir.drain.Bytes.DELIMITER;
import static dev.weir.drain.Bytes.DIGIT;
import static dev.weir.drain.Bytes.END;
import static dev.weir.drain.Bytes.LETTER;
import static dev.weir.drain.Bytes.SLASH;
import static dev.weir.drain.Bytes.SPACE;

import org.jspecify.annotations.Nullable;

/**
 * One pass over a line's bytes. Finds the parts that are values by their looks (numbers, hex, addresses, paths, times,
 * words full of digits), hashes everything else exactly, and so gives the line's <em>shape</em>: two lines have the same
 * shape when they are equal but for those values. The common cases are decided here, the others in {@link Words}.
 */
final class Lexer {
    private static final long LOWER = 0x2020202020202020L;
    private static final long TRUE = 0x65757274L;
    private static final long NULL = 0x6c6c756eL;
    private static final long ROOT = 0x746f6f72L;
    private static final long FALSE = 0x65736c6166L;

    private static final long ONE_SPACE = 0x4F1BBCDCBFA53E0BL;
    private static final long BEYOND = 0x7461696CL;

    private final Hash hash;
    private final int maxBytes;
    private final int maxItems;
    private final Lexed out;
    private final Words words;

    /** The shape's hash. */
    long shape;

    /** Whether there were bytes among the white space that only a terminal understands. */
    boolean control;

    /** Whether the line went on beyond the caps. */
    boolean beyond;

    private boolean full;

    Lexer(Lexed out, int maxBytes, int maxItems, Hash hash) {
        this.out = out;
        this.words = new Words(out);
        this.hash = hash;
        this.maxBytes = maxBytes;
        this.maxItems = maxItems;
    }

    /** Lexes a line into {@link Lexed}; with {@code recording} every part of it, without only where its values are. */
    void lex(byte[] b, int from, int to, boolean recording, @Nullable Marked marked) {
        out.clear(recording);
        words.afterEquals = false;
        full = false;
        control = false;
        int stop = to - from > maxBytes ? from + maxBytes : to;
        int i = from;
        if (marked != null) {
            for (int m = 0; m < marked.count && !full; m++) {
                if (marked.from[m] < i || marked.to[m] > stop) {
                    continue;
                }
                i = segment(b, i, marked.from[m]);
                out.value(marked.from[m], marked.to[m], (byte) (Lexed.NAMED + marked.name[m]));
                i = marked.to[m];
            }
        }
        if (!full) {
            i = segment(b, i, stop);
        }
        beyond = i < to;
        if (beyond) {
            // What is beyond the caps is one value, so that lines of any length stay countable.
            full = false;
            out.step(BEYOND);
            out.value(i, to, Lexed.VALUE);
        }
        shape = Bytes.finish(out.h + out.gap);
    }

    /** Lexes up to {@code to}; where the item cap is reached it stops early and says where. */
    private int segment(byte[] b, int from, int to) {
        int i = from;
        while (i < to) {
            if (out.seen >= maxItems) {
                full = true;
                return i;
            }
            int c = CLASS[b[i] & 255];
            if (c == SPACE) {
                i = space(b, i, to);
                continue;
            }
            if (c == DELIMITER) {
                byte d = b[i];
                out.step(d);
                out.marks++;
                if (out.record) {
                    out.item(i, i + 1, Lexed.PUNCTUATION);
                }
                words.afterEquals = d == '=';
                i++;
                continue;
            }
            int quick = c == LETTER ? letters(b, i, to) : c == DIGIT ? number(b, i, to) : -1;
            if (quick >= 0) {
                i = quick;
                words.afterEquals = false;
                if (i + 1 < to && b[i] == ' ' && CLASS[b[i + 1] & 255] != SPACE) {
                    // As space() would say, without another round.
                    out.gap = ONE_SPACE;
                    i++;
                }
                continue;
            }
            i = other(b, i, to, c);
            words.afterEquals = false;
        }
        return i;
    }

    /** A word that is neither of the two most common cases. */
    private int other(byte[] b, int s, int to, int first) {
        int quick = first == LETTER ? Quick.named(b, s, to) : first == SLASH ? Quick.address(b, s, to) : -1;
        if (quick >= 0) {
            return out.value(s, quick, Lexed.VALUE);
        }
        int c = first;
        int flags = 0;
        int i = s;
        do {
            flags |= c;
            i++;
        } while (i < to && (c = CLASS[b[i] & 255]) < END);
        return (flags & (DIGIT | SLASH)) == 0 ? words.plain(b, s, i, to, flags) : words.bearing(b, s, i, to, flags);
    }

    /** Lexes one word, alone: what it hashes to is in {@link Lexed} then. */
    int word(byte[] b, int s, int to, boolean afterEquals) {
        out.h = 0;
        out.gap = 0;
        int c = CLASS[b[s] & 255];
        if (c == DIGIT) {
            int quick = number(b, s, to);
            if (quick >= 0) {
                return quick;
            }
        }
        words.afterEquals = afterEquals;
        return other(b, s, to, c);
    }

    private int space(byte[] b, int s, int to) {
        int i = s + 1;
        if (b[s] == ' ' && (i == to || CLASS[b[i] & 255] != SPACE)) {
            out.gap = ONE_SPACE;
            return i;
        }
        while (i < to && CLASS[b[i] & 255] == SPACE) {
            i++;
        }
        for (int k = s; k < i; k++) {
            control |= b[k] == Cleaner.ESC || b[k] == '\r';
        }
        out.gap = hash.of(b, s, i);
        return i;
    }

    /**
     * The common case of a word of up to sixteen letters and nothing else, eight at a time; -1 for anything that needs a
     * closer look. Gives the same hash as {@link #plain} would.
     */
    private int letters(byte[] b, int s, int to) {
        if (s + 16 > b.length) {
            return -1;
        }
        long v = Bytes.load(b, s);
        int n = Bytes.letters(v);
        long word;
        if (n < 8) {
            n = Math.min(n, to - s);
            long text = v & -1L >>> 64 - 8 * n;
            if (n == 4 || n == 5) {
                long lower = text | LOWER & -1L >>> 64 - 8 * n;
                if (lower == TRUE || lower == NULL || lower == ROOT || lower == FALSE) {
                    return -1;
                }
            }
            word = hash.of(text, n);
        } else {
            long w = Bytes.load(b, s + 8);
            int m = Bytes.letters(w);
            n = Math.min(8 + m, to - s);
            if (n <= 8 || n >= 16) {
                return -1;
            }
            word = hash.of(v, w & -1L >>> 64 - 8 * (n - 8), n);
        }
        int e = s + n;
        if (e < to) {
            byte next = b[e];
            if (CLASS[next & 255] < END || next == ':' && e + 1 < to && b[e + 1] != ' ') {
                return -1;
            }
        }
        out.step(word);
        if (out.record) {
            out.item(s, e, Lexed.LITERAL);
        }
        return e;
    }

    /** The common case of a plain number, an address or a time of digits, dots and colons; -1 for anything else. */
    private int number(byte[] b, int s, int to) {
        int i = s + 1;
        if (s + 8 <= b.length) {
            i = Math.min(s + Digits.leading(b, s), to);
            if (i == to || CLASS[b[i] & 255] >= END && b[i] != ':') {
                return out.value(s, i, Lexed.VALUE);
            }
        }
        byte last = '0';
        while (i < to) {
            byte c = b[i];
            if (c < '.' || c > ':' || c == '/') {
                break;
            }
            if ((c == '.' || c == ':') && (last == '.' || last == ':')) {
                return -1;
            }
            last = c;
            i++;
        }
        if (last == '.' || last == ':' || i < to && CLASS[b[i] & 255] < END) {
            return -1;
        }
        return out.value(s, i, Lexed.VALUE);
    }

    static boolean punctuation(byte b) {
        return CLASS[b & 255] == DELIMITER;
    }
}
