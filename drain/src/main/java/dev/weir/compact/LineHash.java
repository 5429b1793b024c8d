package dev.weir.compact;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Hashes of a line: as it is, with all numbers alike, of its words without digits. Read eight bytes at a time. */
final class LineHash {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long TOPS = 0x8080808080808080L;

    private LineHash() {}

    /** A hash of the line as it is. */
    static long exact(byte[] b, int from, int to) {
        long exact = to - from;
        for (int i = from; i < to; i += 8) {
            exact = (Long.rotateLeft(exact, 23) ^ eight(b, i, Math.min(8, to - i))) * 0x9E3779B97F4A7C15L;
        }
        return exact;
    }

    /** A hash in which all numbers are alike; words are read anew from where a number ends. */
    static long alike(byte[] b, int from, int to) {
        long h = 0;
        int i = from;
        while (i < to) {
            int most = Math.min(8, to - i);
            long word = eight(b, i, most);
            int n = Math.min(most, lettersBeforeDigit(word));
            if (n > 0) {
                long part = word & -1L >>> 64 - 8 * n;
                h = (Long.rotateLeft(h, 23) ^ part) * 0x9E3779B97F4A7C15L + n;
                i += n;
            }
            if (i < to && b[i] >= '0' && b[i] <= '9') {
                h = Long.rotateLeft(h, 5) ^ '0';
                while (i < to && b[i] >= '0' && b[i] <= '9') {
                    i++;
                }
            }
        }
        return h;
    }

    /** A hash of the words that have no digits. */
    static long wording(byte[] b, int from, int to) {
        long h = 0;
        long word = 0;
        boolean digits = false;
        for (int i = from; i <= to; i++) {
            if (i == to || b[i] == ' ') {
                h = digits ? h : (Long.rotateLeft(h, 5) ^ word) * 0x9E3779B97F4A7C15L;
                word = 0;
                digits = false;
            } else {
                digits |= b[i] >= '0' && b[i] <= '9';
                word = word * 31 + b[i];
            }
        }
        return h;
    }

    /** How many bytes there are before the first digit; eight if there is none. */
    private static int lettersBeforeDigit(long word) {
        // Exact up to the first digit: a digit is a byte from 0x30 to 0x39, and no bit runs over into lower bytes.
        long low = word & ~TOPS;
        long from = low + ONES * (0x80 - '0');
        long beyond = low + ONES * (0x80 - '9' - 1);
        return Long.numberOfTrailingZeros(from & ~beyond & ~word & TOPS) >>> 3;
    }

    /** Up to eight bytes as a little-endian number. */
    private static long eight(byte[] b, int at, int n) {
        if (at + 8 <= b.length) {
            return (long) LONGS.get(b, at) & -1L >>> 64 - 8 * n;
        }
        long word = 0;
        for (int i = 0; i < n; i++) {
            word |= (b[at + i] & 255L) << 8 * i;
        }
        return word;
    }
}
