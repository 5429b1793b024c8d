package dev.weir.drain;

import static dev.weir.drain.Bytes.CLASS;
import static dev.weir.drain.Bytes.END;

/** Values that tell by their first bytes: each says what {@link Words} would of the same word, and sooner. */
final class Quick {
    private Quick() {}

    /** The end of a value like {@code blk_-4200071} or {@code task1138}, or -1. */
    static int named(byte[] b, int s, int to) {
        if (s + 8 > b.length) {
            return -1;
        }
        int p = s + Bytes.letters(Bytes.load(b, s));
        if (p < to && b[p] == '_') {
            p++;
            p += p < to && b[p] == '-' ? 1 : 0;
        }
        int e = p < to && p > s && Bytes.digit(b[p]) ? Digits.end(b, p, to) : p;
        return e - p >= 3 && (e == to || CLASS[b[e] & 255] >= END && b[e] != ':') ? e : -1;
    }

    /** The end of {@code /10.251.42.84:50010}, or -1. */
    static int address(byte[] b, int s, int to) {
        int e = s + 1;
        while (e < to && (Bytes.digit(b[e]) || b[e] == '.' && e > s + 1)) {
            e++;
        }
        if (e == s + 1 || b[e - 1] == '.' || e < to && CLASS[b[e] & 255] < END) {
            return -1;
        }
        if (e == to || b[e] != ':') {
            return e;
        }
        int port = Digits.end(b, e + 1, to);
        return port > e + 1 && (port == to || CLASS[b[port] & 255] >= END && b[port] != ':') ? port : -1;
    }
}
