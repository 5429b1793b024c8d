package dev.weir.drain;

import static dev.weir.drain.Bytes.CLASS;
import static dev.weir.drain.Bytes.digit;
import static dev.weir.drain.Bytes.letter;
import static dev.weir.drain.Bytes.space;

/** Reads single fields of a header: a word with what it consists of, a level, dashes, what stands in brackets. */
final class Field {
    static final int LONGEST = 160;

    static final int LOWERS = 1;
    static final int UPPERS = 2;
    static final int DIGITS = 4;
    static final int DOTS = 8;
    static final int UNDERSCORES = 16;
    /** Other characters that a logger's name may have. */
    static final int NAMES = 32;

    static final int OTHERS = 64;
    static final int SPACES = 128;
    private static final int[] MARKS = new int[256];

    static {
        for (int c = 0; c < 256; c++) {
            MARKS[c] = c >= 'a' && c <= 'z' || c >= 128
                    ? LOWERS
                    : c >= 'A' && c <= 'Z'
                            ? UPPERS
                            : c >= '0' && c <= '9'
                                    ? DIGITS
                                    : c == '.'
                                            ? DOTS
                                            : c == '_'
                                                    ? UNDERSCORES
                                                    : CLASS[c] == Bytes.SPACE
                                                            ? SPACES
                                                            : "$/-()[]#@*<>+:".indexOf(c) >= 0 ? NAMES : OTHERS;
        }
    }

    /** Where the level or dash last found ends. */
    int end;

    /** What the word last read consists of. */
    int marks;

    /** A level as a field of its own. Sets {@link #end}. */
    Level level(byte[] b, int p, int e, int to, int numbers) {
        int n = e;
        while (n > p && (b[n - 1] == ':' || b[n - 1] == ',' || b[n - 1] == '|' || b[n - 1] == ']')) {
            n--;
        }
        end = n < e && b[n] == '|' ? n : e;
        if (n - p == 1 && numbers >= 2) {
            return Levels.of(b[p]);
        }
        if (n - p > 11 || n - p > 2 && b[p + 1] == '/' && e > p + 2 && b[e - 1] == ':') {
            return Level.UNKNOWN;
        }
        boolean colon = n < e || e < to && b[e] == '\t';
        boolean padded = e + 1 < to && space(b[e]) && space(b[e + 1]) && b[p] < 'a';
        return colon || padded || capitals(b, p, n) ? Levels.of(b, p, n) : Level.UNKNOWN;
    }

    /** The level named within the bracket from {@code p} to its end. */
    static Level bracketed(byte[] b, int p, int close) {
        return Levels.of(b, skip(b, p + 1, close - 1), trim(b, p + 1, close - 1));
    }

    /** The end of {@code Some Process Name[123]: }, or -1. */
    static int process(byte[] b, int p, int to) {
        int most = Math.min(to, p + 64);
        for (int i = p; i + 1 < most && b[i] != ':'; i++) {
            if (b[i] == '[' && digit(b[i + 1])) {
                int close = i + 1;
                while (close < to && digit(b[close])) {
                    close++;
                }
                if (close < to && b[close] == ']') {
                    close++;
                    if (close + 1 < to && b[close] == ' ' && b[close + 1] == '(') {
                        int paren = close(b, close + 1, to);
                        close = paren > 0 ? paren : close;
                    }
                    return close < to && b[close] == ':' ? close + 1 : -1;
                }
                return -1;
            }
        }
        return -1;
    }

    boolean dashes(byte[] b, int p, int to) {
        int e = p;
        while (e < to && b[e] == '-') {
            e++;
        }
        end = e;
        return e > p && e < to && space(b[e]);
    }

    boolean followedByDash(byte[] b, int p, int to) {
        if (p + 1 < to && b[p] == ':' && space(b[p + 1])) {
            end = p + 1;
            return true;
        }
        if (p + 2 < to && b[p] == '*' && digit(b[p + 1])) {
            return dashes(b, skip(b, word(b, p, to), to), to);
        }
        return p < to && dashes(b, p, to);
    }

    /** Whether what stands behind the dash is a level, with another dash behind it. */
    boolean levelBehind(byte[] b, int to) {
        int dash = end;
        int p = skip(b, dash, to);
        int e = word(b, p, to);
        boolean named = level(b, p, e, to, 0) != Level.UNKNOWN;
        boolean behind = named && dashes(b, skip(b, e, to), to);
        end = dash;
        return behind;
    }

    static boolean capitals(int marks, int length) {
        return (marks & ~(UPPERS | UNDERSCORES)) == 0 && length >= 3;
    }

    static boolean capitals(byte[] b, int p, int e) {
        for (int i = p; i < e; i++) {
            if ((b[i] < 'A' || b[i] > 'Z') && b[i] != '_') {
                return false;
            }
        }
        return e - p >= 3;
    }

    /** Whether a bracket holds ids only: each piece has a digit or is a dash. */
    boolean identifiers(byte[] b, int p, int e) {
        int i = p;
        while (i < e) {
            int w = word(b, i, e);
            if ((marks & DIGITS) == 0 && (w - i > 1 || letter(b[i]))) {
                return false;
            }
            i = skip(b, w, e);
        }
        return e > p;
    }

    /**
     * Whether a bracket beside a level is a field: it holds one name, a numbered thread in parentheses, or pairs like
     * {@code c:books s:shard1}.
     */
    boolean named(byte[] b, int p, int close) {
        int from = p + 1;
        int to = close - 1;
        int e = word(b, from, to);
        if (e == to) {
            return to > from && letter(b[from]) && (marks & OTHERS) == 0 && b[close - 2] != ':';
        }
        if (b[p] == '(' && b[p - 2] == ']') {
            return letter(b[from]) && digit(b[to - 1]);
        }
        for (int i = from; i < to; i = skip(b, word(b, i, to), to)) {
            e = word(b, i, to);
            int colon = i;
            while (colon < e && b[colon] != ':') {
                colon++;
            }
            if (colon == i || colon + 1 >= e) {
                return false;
            }
        }
        return true;
    }

    /** Behind the bracket that closes the one at {@code p}, or -1. */
    static int close(byte[] b, int p, int to) {
        byte open = b[p];
        byte shut = open == '[' ? (byte) ']' : open == '(' ? (byte) ')' : (byte) '>';
        int depth = 0;
        int most = Math.min(to, p + LONGEST);
        for (int i = p; i < most; i++) {
            if (b[i] == open) {
                depth++;
            } else if (b[i] == shut && --depth == 0) {
                return i + 1;
            }
        }
        return -1;
    }

    /** The end of the word at {@code p}; what it consists of is in {@link #marks} then. */
    int word(byte[] b, int p, int to) {
        int e = p;
        int has = 0;
        int m;
        while (e < to && (m = MARKS[b[e] & 255]) != SPACES) {
            has |= m;
            e++;
        }
        marks = has;
        return e;
    }

    static int skip(byte[] b, int p, int to) {
        int i = p;
        while (i < to && space(b[i])) {
            i++;
        }
        return i;
    }

    static int trim(byte[] b, int from, int to) {
        int i = to;
        while (i > from && space(b[i - 1])) {
            i--;
        }
        return i;
    }
}
