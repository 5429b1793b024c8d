package dev.weir.drain;

import static dev.weir.drain.Bytes.CLASS;
import static dev.weir.drain.Bytes.DOT;
import static dev.weir.drain.Bytes.JOINER;
import static dev.weir.drain.Bytes.SLASH;

/** Whether a word with digits in it, or a part of one, is a value or a name. */
final class Numbered {
    private Numbered() {}

    /** The common cases, told by a look at the ends: 0x1f, 16K, task_17, blk_-42000. All other rules agree with it. */
    static boolean plainlyNumbered(byte[] b, int s, int e, int flags) {
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

    /** Whether one part of a digit-bearing word is a value. Few digits in a word are part of its name: ssh2, en0. */
    static boolean variable(byte[] b, int word, int a, int e, int wordEnd, int digits, int hexes, boolean underscore) {
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
    static boolean numbered(byte[] b, int a, int e, int digits) {
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
    static boolean randomly(byte[] b, int a, int e, int digits, int hexes) {
        if (hexes == e - a) {
            return true;
        }
        int changes = 0;
        for (int i = a + 1; i < e; i++) {
            changes += Bytes.digit(b[i]) != Bytes.digit(b[i - 1]) ? 1 : 0;
        }
        return digits >= 2 && changes >= 3 && e - a <= 10;
    }

    /** Whether a part is what a cluster draws for the end of a name that ends with chance already: five letters, no vowel. */
    static boolean drawn(byte[] b, int a, int e) {
        for (int i = a; i < e; i++) {
            if ("bcdfghjklmnpqrstvwxz2456789".indexOf(b[i]) < 0) {
                return false;
            }
        }
        return e - a == 5;
    }

    /** Whether a long word changes between capitals, small letters and digits as only chance does: an id in base 64. */
    static boolean scrambled(byte[] b, int s, int e) {
        if (e - s < 16) {
            return false;
        }
        int changes = 0;
        int kinds = 0;
        int last = 0;
        for (int i = s; i < e; i++) {
            byte c = b[i];
            int kind = c >= 'a' && c <= 'z'
                    ? 1
                    : c >= 'A' && c <= 'Z' ? 2 : c >= '0' && c <= '9' ? 4 : c == '-' || c == '_' || c == '+' ? 8 : 0;
            if (kind == 0) {
                return false;
            }
            // A capital and small letters behind it are how words begin in names of several words.
            boolean capitalised = last == 2 && kind == 1 && i + 1 < e && b[i + 1] >= 'a' && b[i + 1] <= 'z';
            changes += kind == last || capitalised ? 0 : 1;
            kinds |= kind;
            last = kind;
        }
        return (kinds & 7) == 7 && changes * 5 >= (e - s) * 2;
    }

    static boolean allDigits(byte[] b, int from, int to) {
        for (int i = from; i < to; i++) {
            if (!Bytes.digit(b[i])) {
                return false;
            }
        }
        return true;
    }

    static boolean allHex(byte[] b, int from, int to) {
        for (int i = from; i < to; i++) {
            if (!Bytes.hex(b[i])) {
                return false;
            }
        }
        return true;
    }
}
