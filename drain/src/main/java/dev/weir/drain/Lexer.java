package dev.weir.drain;

import static dev.weir.drain.Bytes.CLASS;
import static dev.weir.drain.Bytes.DELIMITER;
import static dev.weir.drain.Bytes.DIGIT;
import static dev.weir.drain.Bytes.DOT;
import static dev.weir.drain.Bytes.END;
import static dev.weir.drain.Bytes.JOINER;
import static dev.weir.drain.Bytes.LETTER;
import static dev.weir.drain.Bytes.SLASH;
import static dev.weir.drain.Bytes.SPACE;
import static dev.weir.drain.Bytes.UNDERSCORE;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One pass over a line's bytes. Finds the parts that are values by their looks (numbers, hex, addresses, paths, times,
 * words full of digits), hashes everything else exactly, and so gives the line's <em>shape</em>: two lines have the same
 * shape when they are equal but for those values.
 *
 * <p>It records where the values are, and, when asked to {@link #record}, the literal parts between them as well; a
 * line whose shape is known needs only the former. Allocates nothing after it has grown to its caps.
 */
final class Lexer {
    static final byte LITERAL = 0;
    static final byte VALUE = 1;
    static final byte PUNCTUATION = 2;
    /** A value found by the user's own mask: kind minus NAMED is the mask's name. */
    static final byte NAMED = 3;

    /** A word with more values in it than this is one value. */
    private static final int MOST_PARTS = 16;

    private static final long LOWER = 0x2020202020202020L;
    private static final long TRUE = 0x65757274L;
    private static final long NULL = 0x6c6c756eL;
    private static final long ROOT = 0x746f6f72L;
    private static final long FALSE = 0x65736c6166L;

    private static final long ONE_SPACE = 0x4F1BBCDCBFA53E0BL;
    private static final long BEYOND = 0x7461696CL;
    private static final long VALUE_MARK = 0x5851F42D4C957F2DL;

    private final Hash hash;
    private final int maxBytes;
    private final int maxItems;

    int[] start;
    int[] end;
    byte[] kind;
    int items;
    /** The line last recorded without its values. */
    byte[] blanked = new byte[512];

    /** Where values are, in order, recording or not. */
    final int[] valueStart;

    final int[] valueEnd;
    int values;

    /** How many single bytes of punctuation there were. */
    int marks;

    /** The shape's hash. */
    long shape;

    private boolean record;
    private boolean afterEquals;
    private boolean full;
    private int seen;
    private long h;
    /** White space since the last item; becomes part of the next one's step. */
    private long gap;

    /** Whether there were bytes among the white space that only a terminal understands. */
    boolean control;

    Lexer(int maxBytes, int maxItems, Hash hash) {
        this.hash = hash;
        this.maxBytes = maxBytes;
        this.maxItems = maxItems;
        this.start = new int[64];
        this.end = new int[64];
        this.kind = new byte[64];
        this.valueStart = new int[maxItems * 2];
        this.valueEnd = new int[maxItems * 2];
    }

    void lex(byte[] b, int from, int to, boolean recording) {
        lex(b, from, to, recording, null);
    }

    void lex(byte[] b, int from, int to, boolean recording, @Nullable Marked marked) {
        record = recording;
        afterEquals = false;
        full = false;
        items = 0;
        values = 0;
        marks = 0;
        seen = 0;
        h = 0;
        gap = 0;
        control = false;
        int stop = to - from > maxBytes ? from + maxBytes : to;
        int i = from;
        if (marked != null) {
            for (int m = 0; m < marked.count && !full; m++) {
                if (marked.from[m] < i || marked.to[m] > stop) {
                    continue;
                }
                i = segment(b, i, marked.from[m]);
                value(marked.from[m], marked.to[m], (byte) (NAMED + marked.name[m]));
                i = marked.to[m];
            }
        }
        if (!full) {
            i = segment(b, i, stop);
        }
        if (i < to) {
            // What is beyond the caps is one value, so that lines of any length stay countable.
            full = false;
            step(BEYOND);
            value(i, to, VALUE);
        }
        shape = Bytes.finish(h + gap);
    }

    /** Lexes up to {@code to}; where the item cap is reached it stops early and says where. */
    private int segment(byte[] b, int from, int to) {
        int i = from;
        while (i < to) {
            if (seen >= maxItems) {
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
                step(d);
                marks++;
                if (record) {
                    item(i, i + 1, PUNCTUATION);
                }
                afterEquals = d == '=';
                i++;
                continue;
            }
            int quick = c == LETTER ? letters(b, i, to) : c == DIGIT ? number(b, i, to) : -1;
            if (quick >= 0) {
                i = quick;
                afterEquals = false;
                continue;
            }
            int s = i;
            int flags = 0;
            do {
                flags |= c;
                i++;
            } while (i < to && (c = CLASS[b[i] & 255]) < END);
            i = (flags & (DIGIT | SLASH)) == 0 ? plain(b, s, i, to, flags) : bearing(b, s, i, to, flags);
            afterEquals = false;
        }
        return i;
    }

    private int space(byte[] b, int s, int to) {
        int i = s + 1;
        if (b[s] == ' ' && (i == to || CLASS[b[i] & 255] != SPACE)) {
            gap = ONE_SPACE;
            return i;
        }
        while (i < to && CLASS[b[i] & 255] == SPACE) {
            i++;
        }
        for (int k = s; k < i; k++) {
            control |= b[k] == Cleaner.ESC || b[k] == '\r';
        }
        gap = hash.of(b, s, i);
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
        step(word);
        if (record) {
            item(s, e, LITERAL);
        }
        return e;
    }

    /** The common case of a plain number, an address or a time of digits, dots and colons; -1 for anything else. */
    private int number(byte[] b, int s, int to) {
        int i = s + 1;
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
        return value(s, i, VALUE);
    }

    /** A word without digits or slashes. */
    private int plain(byte[] b, int s, int e, int to, int flags) {
        if (e + 1 < to && b[e] == ':') {
            byte next = b[e + 1];
            if (next == '/' && e + 2 < to && b[e + 2] == '/') {
                return value(s, reach(b, e + 3, to, false), VALUE);
            }
            if (next == '\\' && e - s == 1) {
                return value(s, reach(b, e + 2, to, true), VALUE);
            }
            if (Bytes.digit(next) && (flags & DOT) != 0) {
                int p = hostAndPort(b, s, e, to);
                if (p > 0) {
                    return value(s, p, VALUE);
                }
            }
            if (e - s <= 4 && Bytes.hex(b[s]) && Bytes.hex(b[e - 1])) {
                int p = colons(b, s, to);
                if (p > 0) {
                    return value(s, p, VALUE);
                }
            }
        }
        if ((flags & DOT) != 0 && s > 0 && opensValue(b, s) && dots(b, s, e) >= 2) {
            return value(s, e, VALUE);
        }
        if (constant(b, s, e) || e - s >= 8 && (e - s & 7) == 0 && flags == LETTER && allHex(b, s, e)) {
            return value(s, e, VALUE);
        }
        return literal(b, s, e);
    }

    /** A word with digits or slashes in it. */
    private int bearing(byte[] b, int s, int end, int to, int flags) {
        if (end - s <= 4 && end < to && b[end] == ':' && Bytes.hex(b[s]) && Bytes.hex(b[end - 1])) {
            int p = colons(b, s, to);
            if (p > 0) {
                return value(s, p, VALUE);
            }
        }
        if (end + 2 < to && b[end] == ':' && b[end + 1] == '/' && b[end + 2] == '/' && (flags & SLASH) == 0) {
            return value(s, reach(b, end + 3, to, false), VALUE);
        }
        if (plainlyNumbered(b, s, end, flags)) {
            value(s, end, VALUE);
            return after(b, end, end, to);
        }
        int e = end;
        while (e > s && trailing(b[e - 1])) {
            e--;
        }
        if (e == s) {
            return literal(b, s, end);
        }
        if ((flags & SLASH) != 0) {
            int slashes = 0;
            for (int i = s; i < e; i++) {
                if (b[i] == '/') {
                    slashes++;
                }
            }
            boolean rooted = b[s] == '/' && e - s > 1 && b[s + 1] != '/' && b[s + 1] != '*'
                    || e - s > 2 && b[s + 1] == '/' && (b[s] == '~' || b[s] == '.');
            if (rooted && e < end && end < to && b[e] == '.') {
                // A dot in mid-line does not end a sentence: it is the path's.
                e = end;
            }
            if (rooted || slashes >= 2 && b[s] != '/' || slashes == 1 && dots(b, s, e) >= 2) {
                if (rooted && query(b, s, e)) {
                    return value(s, reach(b, e, to, false), VALUE);
                }
                value(s, e, VALUE);
                return after(b, e, end, to);
            }
            if ((flags & DIGIT) == 0) {
                return literal(b, s, end);
            }
        }
        if ((flags & DOT) != 0 && end == e && end + 1 < to && b[end] == ':' && Bytes.digit(b[end + 1])) {
            int p = hostAndPort(b, s, end, to);
            if (p > 0) {
                return value(s, p, VALUE);
            }
        }
        if (afterEquals) {
            if (e == end && e < to && b[e] == '=' && Bytes.digit(b[s])) {
                // Two fields run into each other, as in adj=0.0userId=0: the number ends where it ends.
                int number = s;
                while (Bytes.digit(b[number]) || b[number] == '.') {
                    number++;
                }
                value(s, number, VALUE);
                return number < e ? literal(b, number, e) : e;
            }
            value(s, e, VALUE);
            return after(b, e, end, to);
        }
        if ((flags & JOINER) != 0 && end == e && end + 2 < to && b[end] == ':') {
            int p = port(b, end + 1, to);
            if (p > 0) {
                return value(s, p, VALUE);
            }
        }
        return atoms(b, s, e, end, to);
    }

    /** The end of two to five digits that nothing but the end of a word follows, or -1. */
    private static int port(byte[] b, int from, int to) {
        int p = from;
        while (p < to && Bytes.digit(b[p])) {
            p++;
        }
        return p - from >= 2 && p - from <= 5 && (p == to || CLASS[b[p] & 255] >= END && b[p] != ':' || b[p] == '.')
                ? p
                : -1;
    }

    private static boolean query(byte[] b, int s, int e) {
        for (int i = s; i < e; i++) {
            if (b[i] == '?') {
                return true;
            }
        }
        return false;
    }

    /** The common cases, told by a look at the ends: 0x1f, 16K, task_17, blk_-42000. All other rules agree with it. */
    private static boolean plainlyNumbered(byte[] b, int s, int e, int flags) {
        if ((flags & (DOT | SLASH)) != 0) {
            return false;
        }
        int i = e;
        while (i > s && Bytes.digit(b[i - 1])) {
            i--;
        }
        if ((flags & JOINER) == 0) {
            return e - i >= 3 || Bytes.digit(b[s]);
        }
        if (e - i < 3 || i < s + 2 || b[i - 1] != '-' || b[i - 2] != '_') {
            return false;
        }
        for (int k = s; k < i - 1; k++) {
            if (CLASS[b[k] & 255] == JOINER) {
                return false;
            }
        }
        return true;
    }

    /** The end of {@code name.with.dots:443}, or -1 if it looks like anything else. */
    private static int hostAndPort(byte[] b, int s, int e, int to) {
        int p = e + 1;
        while (p < to && Bytes.digit(b[p])) {
            p++;
        }
        if (p < to && CLASS[b[p] & 255] < END) {
            return -1;
        }
        int dots = dots(b, s, e);
        if (dots >= 2) {
            return p;
        }
        for (int i = s; i < e; i++) {
            if (b[i] >= 'A' && b[i] <= 'Z') {
                return -1;
            }
        }
        return dots == 1 && p - e <= 6 && (p == to || b[p] != ',') ? p : -1;
    }

    /** Masks a digit-bearing word part by part: {@code node-17} becomes {@code node-<*>}, {@code 10.0.0.1:80} one value. */
    private int atoms(byte[] b, int s, int e, int end, int to) {
        int first = values;
        int firstItem = items;
        long before = h;
        long gapBefore = gap;
        int pending = s;
        int maskFrom = -1;
        int maskTo = -1;
        boolean words = false;
        int numbered = 0;
        int i = s;
        while (i < e) {
            int c = CLASS[b[i] & 255];
            if (!inAtom(c)) {
                i++;
                continue;
            }
            int a = i;
            int digits = 0;
            int hexes = 0;
            boolean underscore = false;
            do {
                if (c == DIGIT) {
                    digits++;
                    hexes++;
                } else if (c == LETTER) {
                    if (Bytes.hex(b[i])) {
                        hexes++;
                    }
                } else {
                    underscore = true;
                }
                i++;
            } while (i < e && inAtom(c = CLASS[b[i] & 255]));
            if (!variable(b, s, a, i, e, digits, hexes, underscore)) {
                boolean prefix = b[i - 1] == '_' && i + 1 < e && b[i] == '-' && Bytes.digit(b[i + 1]);
                if (!prefix) {
                    words = true;
                    numbered += digits > 0 ? 1 : 0;
                    continue;
                }
            }
            if (maskFrom >= 0 && a - maskTo == 1) {
                maskTo = i;
                continue;
            }
            if (maskFrom >= 0) {
                pending = flush(b, pending, maskFrom, maskTo);
            }
            // A sign belongs to its number, a dash between two parts does not.
            maskFrom = a == s + 1 && (b[s] == '-' || b[s] == '+' || b[s] == '@' || b[s] == '#') ? s : a;
            maskTo = i;
        }
        if (maskFrom < 0 && (numbered < 2 || dots(b, s, e) > 0)) {
            return literal(b, s, end);
        }
        boolean mixed = numbered >= 2 || numbered == 1 && maskFrom >= 0;
        if (values - first > MOST_PARTS || mixed && dots(b, s, e) == 0 || words && dots(b, s, e) >= 2 || b[s] == '\\') {
            values = first;
            items = firstItem;
            h = before;
            gap = gapBefore;
            value(s, e, VALUE);
            return after(b, e, end, to);
        }
        pending = flush(b, pending, maskFrom, maskTo);
        if (pending < end) {
            if (pending == e && e < end || pending < e) {
                return literal(b, pending, end);
            }
        }
        return after(b, pending, end, to);
    }

    private int flush(byte[] b, int pending, int maskFrom, int maskTo) {
        if (pending < maskFrom) {
            literal(b, pending, maskFrom);
        }
        value(maskFrom, maskTo, VALUE);
        return maskTo;
    }

    /** Whether one part of a digit-bearing word is a value. Few digits in a word are part of its name: ssh2, en0. */
    private static boolean variable(
            byte[] b, int word, int a, int e, int wordEnd, int digits, int hexes, boolean underscore) {
        if (digits == 0) {
            return false;
        }
        if (Bytes.digit(b[a]) || hexes == e - a && hexes >= 6 || digits >= 3 && numbered(b, a, e, digits)) {
            return true;
        }
        if (a == word && (b[a] == 'v' || b[a] == 'V') && digits == e - a - 1 && e < wordEnd && b[e] == '.') {
            return true;
        }
        if (a > word && b[a - 1] == '-' && e - a >= 5 && randomly(b, a, e, digits, hexes)) {
            return true;
        }
        if (underscore) {
            int piece = a;
            for (int i = a; i <= e; i++) {
                if (i == e || b[i] == '_') {
                    if (i > piece && allDigits(b, piece, i)) {
                        return true;
                    }
                    piece = i + 1;
                }
            }
        }
        return false;
    }

    /** Whether three digits or more make a number of a word: at its end, in several places, or half of it. */
    private static boolean numbered(byte[] b, int a, int e, int digits) {
        int groups = 0;
        int last = 0;
        for (int i = a; i < e; i++) {
            if (Bytes.digit(b[i])) {
                groups += last == 0 ? 1 : 0;
                last++;
            } else {
                last = 0;
            }
        }
        return last >= 3 || groups >= 2 || digits * 2 >= e - a - digits;
    }

    /** Whether what stands behind a dash is drawn by chance, as the ends of names in a cluster are: web-bd9d8, web-dca48. */
    private static boolean randomly(byte[] b, int a, int e, int digits, int hexes) {
        if (hexes == e - a) {
            return true;
        }
        int changes = 0;
        for (int i = a + 1; i < e; i++) {
            changes += Bytes.digit(b[i]) != Bytes.digit(b[i - 1]) ? 1 : 0;
        }
        return digits >= 2 && changes >= 3 && e - a <= 10;
    }

    private static boolean allDigits(byte[] b, int from, int to) {
        for (int i = from; i < to; i++) {
            if (!Bytes.digit(b[i])) {
                return false;
            }
        }
        return true;
    }

    private static boolean allHex(byte[] b, int from, int to) {
        for (int i = from; i < to; i++) {
            if (!Bytes.hex(b[i])) {
                return false;
            }
        }
        return true;
    }

    private static boolean inAtom(int c) {
        return c == LETTER || c == DIGIT || c == UNDERSCORE;
    }

    /** After a value: a port, the rest of a time, or the punctuation cut off its end. */
    private int after(byte[] b, int e, int end, int to) {
        if (e < end) {
            return literal(b, e, end);
        }
        int i = e;
        while (i + 1 < to && b[i] == ':' && Bytes.digit(b[i + 1])) {
            i++;
            while (i < to && (Bytes.digit(b[i]) || Bytes.letter(b[i]) || joins(b, i, to))) {
                i++;
            }
        }
        if (i > e) {
            valueEnd[values - 1] = i;
            if (record) {
                this.end[items - 1] = i;
            }
        }
        return i;
    }

    private static boolean joins(byte[] b, int i, int to) {
        return (b[i] == '.' || b[i] == '+' || b[i] == '-' || b[i] == '_' || b[i] == '\\')
                && i + 1 < to
                && Bytes.digit(b[i + 1]);
    }

    private static boolean trailing(byte b) {
        return b == '.' || b == '!' || b == '?' || b == '*' || b == '-' || b == '`' || b == '~' || b == '%'
                || b == '\\';
    }

    /** Whether what stands before a dotted name says that it is a value: {@code name=com.example.app}. */
    private boolean opensValue(byte[] b, int s) {
        byte p = b[s - 1];
        return afterEquals || p == '{' || p == '|' || p == '@';
    }

    private static int dots(byte[] b, int s, int e) {
        int dots = 0;
        for (int i = s + 1; i < e - 1; i++) {
            if (b[i] == '.') {
                if (b[i + 1] == '.') {
                    return 0;
                }
                dots++;
            }
        }
        return dots;
    }

    /** The end of a run up to white space, a quote or a closing bracket. */
    private static int reach(byte[] b, int from, int to, boolean windows) {
        int i = from;
        while (i < to) {
            byte c = b[i];
            if (c <= ' ' && c >= 0
                    || c == '"'
                    || c == '\''
                    || c == ')'
                    || c == ']'
                    || c == '}'
                    || c == '>'
                    || c == '<') {
                break;
            }
            if ((c == ',' || c == ';') && (windows || i + 1 == to || Bytes.space(b[i + 1]))) {
                break;
            }
            i++;
        }
        while (i > from && (b[i - 1] == '.' || b[i - 1] == ':' || b[i - 1] == ',')) {
            i--;
        }
        return i;
    }

    /** The end of a hardware address or of an IPv6 address, with its port or zone, or -1. */
    private static int colons(byte[] b, int s, int to) {
        int i = s;
        int groups = 0;
        int pairs = 0;
        int digits = 0;
        boolean gap = false;
        while (i < to) {
            int g = i;
            while (i < to && i - g < 4 && Bytes.hex(b[i])) {
                digits += Bytes.digit(b[i]) ? 1 : 0;
                i++;
            }
            groups++;
            pairs += i - g == 2 ? 1 : 0;
            if (i + 1 < to
                    && b[i] == ':'
                    && b[i + 1] == ':'
                    && !gap
                    && (i + 2 == to || CLASS[b[i + 2] & 255] != DELIMITER)) {
                gap = true;
                i += 2;
                if (i == to || !Bytes.hex(b[i])) {
                    break;
                }
            } else if (i + 1 < to && b[i] == ':' && Bytes.hex(b[i + 1])) {
                i++;
            } else {
                break;
            }
        }
        boolean hardware = groups >= 5 && pairs == groups && !gap;
        boolean address = digits > 0 && (gap && groups >= 2 || groups >= 7);
        if (address && i + 1 < to && b[i] == '%') {
            i++;
            while (i < to && inAtom(CLASS[b[i] & 255])) {
                i++;
            }
        }
        while (address && i + 1 < to && (b[i] == '.' || b[i] == '/') && Bytes.digit(b[i + 1])) {
            i += 2;
            while (i < to && Bytes.digit(b[i])) {
                i++;
            }
        }
        return (hardware || address) && (i == to || !inAtom(CLASS[b[i] & 255])) ? i : -1;
    }

    /** The words that programs print for a value they have: true, false, null, and the account everyone has. */
    private static boolean constant(byte[] b, int s, int e) {
        int n = e - s;
        if (n < 4 || n > 5) {
            return false;
        }
        int four = (b[s] | 32) << 24 | (b[s + 1] | 32) << 16 | (b[s + 2] | 32) << 8 | (b[s + 3] | 32);
        return n == 4
                ? four == 0x74727565 || four == 0x6e756c6c || four == 0x726f6f74
                : four == 0x66616c73 && (b[s + 4] | 32) == 'e';
    }

    private void step(long x) {
        h = Bytes.step(h, x + gap);
        gap = 0;
        seen++;
    }

    private int literal(byte[] b, int s, int e) {
        step(hash.of(b, s, e));
        if (record) {
            item(s, e, LITERAL);
        }
        return e;
    }

    private int value(int s, int e, byte what) {
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

    private void item(int s, int e, byte what) {
        if (items == start.length) {
            start = Arrays.copyOf(start, items * 2);
            end = Arrays.copyOf(end, items * 2);
            kind = Arrays.copyOf(kind, items * 2);
        }
        start[items] = s;
        end[items] = e;
        kind[items++] = what;
    }

    static boolean punctuation(byte b) {
        return CLASS[b & 255] == DELIMITER;
    }
}
