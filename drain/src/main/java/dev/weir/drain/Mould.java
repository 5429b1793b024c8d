package dev.weir.drain;

import static dev.weir.drain.Bytes.CLASS;
import static dev.weir.drain.Bytes.DELIMITER;
import static dev.weir.drain.Bytes.END;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What lines of one shape have in common, byte for byte, and where the lexer has to look for itself. A line that fits has
 * the shape and its values, at the cost of comparing eight bytes at a time: the lexer, asked again, would say the same, for
 * what it makes of the bytes that are compared depends on nothing but them.
 */
final class Mould {
    private static final int FIELDS = 32;
    private static final long AFTER_EQUALS = 1L << FIELDS - 1;
    private static final int CREDIT = 32;
    private static final int GAIN = 2;
    private static final int MOST_STEPS = 128;

    /** What is remembered of the shape. */
    Shapes.Entry entry;

    final int level;
    final long key;

    /**
     * By turns a stretch of text and what the lexer finds behind it: how long the stretch is, with how many values there
     * are so far in the upper half; its text, eight bytes at a time; the hash of what is found.
     */
    private final long[] steps;

    /** What it is worth: a line that fits adds to it, one that was lexed in part before it turned out not to takes from it. */
    private int credit = CREDIT;

    /** Whether no line that fits is JSON or logfmt. */
    final boolean text;

    private Mould(Shapes.Entry entry, int level, long key, boolean text, long[] steps) {
        this.entry = entry;
        this.level = level;
        this.key = key;
        this.text = text;
        this.steps = steps;
    }

    /** The mould of a line that has just been lexed; null if it would be large. */
    static @Nullable Mould of(Shapes.Entry entry, int level, byte[] b, int from, int to, Lexer lexer, Lexed lexed) {
        long[] steps = new long[MOST_STEPS];
        int n = 0;
        int told = from;
        int i = from;
        int had = lexed.values;
        boolean afterEquals = false;
        lexed.clear(false);
        while (i < to) {
            int c = CLASS[b[i] & 255];
            if (c >= END) {
                afterEquals = c == DELIMITER ? b[i] == '=' : afterEquals;
                i++;
                continue;
            }
            int values = lexed.values;
            int word = i;
            i = lexer.word(b, i, to, afterEquals);
            if (lexed.values > values || !alone(b, from, word, i, to)) {
                if (n + (word - told) / 8 + 3 > MOST_STEPS) {
                    return null;
                }
                n = write(b, told, word, (long) lexed.values << FIELDS | (afterEquals ? AFTER_EQUALS : 0), steps, n);
                steps[n++] = lexed.h;
                told = i;
            }
            afterEquals = false;
        }
        if (lexed.values != had || n + (to - told) / 8 + 2 > MOST_STEPS) {
            return null;
        }
        n = write(b, told, to, 0, steps, n);
        return new Mould(entry, level, Moulds.key(b, from), text(b, from, to), Arrays.copyOf(steps, n));
    }

    /** Whether the line is neither JSON nor logfmt, and so no other that fits: the byte that says so is its shape's. */
    private static boolean text(byte[] b, int from, int to) {
        int e = from;
        while (e < to && CLASS[b[e] & 255] < END) {
            e++;
        }
        return e == to || b[e] != '=' && b[from] != '{';
    }

    private static int write(byte[] b, int from, int to, long head, long[] steps, int at) {
        int n = at;
        steps[n++] = head | to - from;
        for (int i = from; i < to; i += 8) {
            steps[n++] = Bytes.tail(b, i, Math.min(8, to - i));
        }
        return n;
    }

    /** Whether the lexer needed no other bytes than the word's own and white space or punctuation next to it. */
    private static boolean alone(byte[] b, int from, int s, int e, int to) {
        boolean starts = s == from ? !dotted(b, s, e) : CLASS[b[s - 1] & 255] >= END;
        boolean ends = e == to || CLASS[b[e] & 255] >= END && (b[e] != ':' || e + 1 == to || b[e + 1] == ' ');
        return starts && ends;
    }

    private static boolean dotted(byte[] b, int s, int e) {
        for (int i = s; i < e; i++) {
            if (b[i] == '.') {
                return true;
            }
        }
        return false;
    }

    boolean worthless() {
        return credit < 0;
    }

    /** Whether a line fits; then its values are where the lexer puts them. */
    boolean fits(byte[] b, int from, int to, Lexer lexer, Lexed lexed) {
        long[] expected = steps;
        lexed.clear(false);
        int i = from;
        int n = 0;
        while (true) {
            long head = expected[n++];
            int length = (int) head & Integer.MAX_VALUE;
            if (to - i < length || i + length + 8 > b.length) {
                break;
            }
            int left = length;
            while (left >= 8 && Bytes.load(b, i) == expected[n]) {
                left -= 8;
                i += 8;
                n++;
            }
            if (left >= 8 || left > 0 && (Bytes.load(b, i) ^ expected[n++]) << 64 - 8 * left != 0) {
                break;
            }
            i += left;
            if (n == expected.length) {
                credit = i == to ? Math.min(credit + GAIN, CREDIT) : credit - 1;
                return i == to;
            }
            if (i == to || CLASS[b[i] & 255] >= END) {
                break;
            }
            i = lexer.word(b, i, to, (head & AFTER_EQUALS) != 0);
            if (lexed.h != expected[n++] || lexed.values != head >>> FIELDS) {
                credit--;
                return false;
            }
        }
        credit -= lexed.values > 0 ? 1 : 0;
        return false;
    }
}
