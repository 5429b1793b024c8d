package dev.weir.drain;

import static dev.weir.drain.Bytes.CLASS;
import static dev.weir.drain.Bytes.DIGIT;
import static dev.weir.drain.Bytes.DOT;
import static dev.weir.drain.Bytes.JOINER;
import static dev.weir.drain.Bytes.LETTER;
import static dev.weir.drain.Bytes.SLASH;
import static dev.weir.drain.Bytes.UNDERSCORE;

/**
 * What becomes of one word of a line: literal text, one value, or literal text with values in it. {@link Lexer} has tried
 * the common cases before.
 */
final class Words {
    /** A word with more values in it than this is one value. */
    private static final int MOST_PARTS = 16;

    private final Lexed out;

    /** Whether an equals sign stands right before the word. */
    boolean afterEquals;

    Words(Lexed out) {
        this.out = out;
    }

    /** A word without digits or slashes. */
    int plain(byte[] b, int s, int e, int to, int flags) {
        if (e + 1 < to && b[e] == ':') {
            byte next = b[e + 1];
            if (next == '/' && e + 2 < to && b[e + 2] == '/') {
                return out.value(s, Addresses.reach(b, e + 3, to, false), Lexed.VALUE);
            }
            if (next == '\\' && e - s == 1) {
                return out.value(s, Addresses.reach(b, e + 2, to, true), Lexed.VALUE);
            }
            if (Bytes.digit(next) && (flags & DOT) != 0) {
                int p = Addresses.hostAndPort(b, s, e, to);
                if (p > 0) {
                    return out.value(s, p, Lexed.VALUE);
                }
            }
            if (Bytes.digit(next) && (flags & ~(LETTER | JOINER)) == 0 && (flags & JOINER) != 0 && Bytes.letter(b[s])) {
                int p = Addresses.port(b, e + 1, to);
                if (p - e > 4) {
                    return out.value(s, p, Lexed.VALUE);
                }
            }
            if (e - s <= 4 && Bytes.hex(b[s]) && Bytes.hex(b[e - 1])) {
                int p = Addresses.colons(b, s, to);
                if (p > 0) {
                    return out.value(s, p, Lexed.VALUE);
                }
            }
        }
        if ((flags & DOT) != 0 && s > 0 && opensValue(b, s) && Addresses.dots(b, s, e) >= 2) {
            return out.value(s, e, Lexed.VALUE);
        }
        if (constant(b, s, e) || e - s >= 8 && (e - s & 7) == 0 && flags == LETTER && Numbered.allHex(b, s, e)) {
            return out.value(s, e, Lexed.VALUE);
        }
        return out.literal(b, s, e);
    }

    /** A word with digits or slashes in it. */
    int bearing(byte[] b, int s, int end, int to, int flags) {
        if (end - s <= 4 && end < to && b[end] == ':' && Bytes.hex(b[s]) && Bytes.hex(b[end - 1])) {
            int p = Addresses.colons(b, s, to);
            if (p > 0) {
                return out.value(s, p, Lexed.VALUE);
            }
        }
        if (end + 2 < to && b[end] == ':' && b[end + 1] == '/' && b[end + 2] == '/' && (flags & SLASH) == 0) {
            return out.value(s, Addresses.reach(b, end + 3, to, false), Lexed.VALUE);
        }
        if (Numbered.plainlyNumbered(b, s, end, flags)) {
            out.value(s, end, Lexed.VALUE);
            return after(b, end, end, to);
        }
        if ((flags & SLASH) == 0 && Numbered.scrambled(b, s, end)) {
            return out.value(s, end, Lexed.VALUE);
        }
        int e = end;
        while (e > s && trailing(b[e - 1])) {
            e--;
        }
        if (e == s) {
            return out.literal(b, s, end);
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
            if (rooted || slashes >= 2 && b[s] != '/' || slashes == 1 && Addresses.dots(b, s, e) >= 2) {
                if (rooted && Addresses.query(b, s, e)) {
                    return out.value(s, Addresses.reach(b, e, to, false), Lexed.VALUE);
                }
                out.value(s, e, Lexed.VALUE);
                return e == end && e + 1 < to && b[e] == ':' && Bytes.letter(b[e + 1]) && slashes > 0
                        ? tagged(b, e, to)
                        : after(b, e, end, to);
            }
            if ((flags & DIGIT) == 0) {
                return out.literal(b, s, end);
            }
        }
        if ((flags & DOT) != 0 && end == e && end + 1 < to && b[end] == ':' && Bytes.digit(b[end + 1])) {
            int p = Addresses.hostAndPort(b, s, end, to);
            if (p > 0) {
                return out.value(s, p, Lexed.VALUE);
            }
        }
        if (afterEquals) {
            if (e == end && e < to && b[e] == '=' && Bytes.digit(b[s])) {
                // Two fields run into each other, as in adj=0.0userId=0: the number ends where it ends.
                int number = s;
                while (Bytes.digit(b[number]) || b[number] == '.') {
                    number++;
                }
                out.value(s, number, Lexed.VALUE);
                return number < e ? out.literal(b, number, e) : e;
            }
            out.value(s, e, Lexed.VALUE);
            return after(b, e, end, to);
        }
        if (end == e && end + 2 < to && b[end] == ':') {
            int p = Addresses.port(b, end + 1, to);
            if (p > 0 && ((flags & JOINER) != 0 || p - end > 4 && Bytes.digit(b[end - 1]))) {
                return out.value(s, p, Lexed.VALUE);
            }
        }
        return atoms(b, s, e, end, to);
    }

    /** Masks a digit-bearing word part by part: {@code node-17} becomes {@code node-<*>}, {@code 10.0.0.1:80} one value. */
    private int atoms(byte[] b, int s, int e, int end, int to) {
        int first = out.values;
        int firstItem = out.items;
        long before = out.h;
        long gapBefore = out.gap;
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
            boolean value;
            if (i - a == 8 && hexes == 8 && e - a >= Addresses.UUID && Addresses.uuid(b, a)) {
                i = a + Addresses.UUID;
                value = true;
            } else {
                value = Numbered.variable(b, s, a, i, e, digits, hexes, underscore)
                        || maskFrom >= 0 && a - maskTo == 1 && Numbered.drawn(b, a, i);
            }
            if (!value) {
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
            maskFrom = a == s + 1 && (b[s] == '-' || b[s] == '+') ? s : a;
            maskTo = i;
        }
        if (maskFrom < 0 && (numbered < 2 || Addresses.dots(b, s, e) > 0)) {
            return out.literal(b, s, end);
        }
        boolean mixed = numbered >= 2 || numbered == 1 && maskFrom >= 0;
        if (out.values - first > MOST_PARTS
                || mixed && Addresses.dots(b, s, e) == 0
                || words && Addresses.dots(b, s, e) >= 2
                || b[s] == '\\') {
            out.back(first, firstItem, before, gapBefore);
            out.value(s, e, Lexed.VALUE);
            return after(b, e, end, to);
        }
        pending = flush(b, pending, maskFrom, maskTo);
        if (pending < end) {
            if (pending == e && e < end || pending < e) {
                return out.literal(b, pending, end);
            }
        }
        return after(b, pending, end, to);
    }

    private int flush(byte[] b, int pending, int maskFrom, int maskTo) {
        if (pending < maskFrom) {
            out.literal(b, pending, maskFrom);
        }
        out.value(maskFrom, maskTo, Lexed.VALUE);
        return maskTo;
    }

    /** After a value: a port, the rest of a time, or the punctuation cut off its end. */
    private int after(byte[] b, int e, int end, int to) {
        if (e < end) {
            return out.literal(b, e, end);
        }
        int i = e;
        while (i + 1 < to && b[i] == ':' && Bytes.digit(b[i + 1])) {
            i++;
            while (i < to && (Bytes.digit(b[i]) || Bytes.letter(b[i]) || joins(b, i, to))) {
                i++;
            }
        }
        if (i > e) {
            out.extend(i);
        }
        return i;
    }

    /** Behind the tag of an image, {@code registry.acme.org/shop/web:latest}, or where its path ends. */
    private int tagged(byte[] b, int e, int to) {
        int i = e + 1;
        while (i < to && CLASS[b[i] & 255] < Bytes.END) {
            i++;
        }
        if (i < to && b[i] == ':') {
            return e;
        }
        out.extend(i);
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

    static boolean inAtom(int c) {
        return c == LETTER || c == DIGIT || c == UNDERSCORE;
    }
}
