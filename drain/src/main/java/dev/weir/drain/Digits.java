package dev.weir.drain;

/** Runs of decimal digits: how long they are and what they say. Reads eight bytes at a time where there are as many. */
final class Digits {
    private static final long ZEROS = 0x3030303030303030L;
    private static final long SIX = 0x0606060606060606L;
    private static final long HIGH = 0xF0F0F0F0F0F0F0F0L;
    /** The same bytes with a colon for the third and sixth: {@code 00:00:00}. */
    private static final long CLOCK = 0x30303A30303A3030L;

    private static final long COLONS = 0x0000FF0000FF0000L;
    private static final long PAIRS = 0x000000FF000000FFL;
    private static final int MOST = 20;

    private Digits() {}

    /** How many digits stand at {@code p}, up to twenty. */
    static int count(byte[] b, int p, int to) {
        int i = p;
        if (p >= 0 && p + 8 <= b.length) {
            int n = leading(Bytes.load(b, p) ^ ZEROS);
            if (n < 8 || to - p <= 8) {
                return Math.max(0, Math.min(n, to - p));
            }
            i = p + 8;
        }
        while (i < to && i - p < MOST && Bytes.digit(b[i])) {
            i++;
        }
        return i - p;
    }

    /** The end of the digits at {@code p}, however many there are. */
    static int end(byte[] b, int p, int to) {
        int i = p;
        while (i + 8 <= b.length && i < to) {
            int n = leading(b, i);
            i += n;
            if (n < 8) {
                return Math.min(i, to);
            }
        }
        while (i < to && Bytes.digit(b[i])) {
            i++;
        }
        return Math.min(i, to);
    }

    /** How many of the eight bytes at {@code p} are digits, from the first on. */
    static int leading(byte[] b, int p) {
        return leading(Bytes.load(b, p) ^ ZEROS);
    }

    /** How many bytes from the first on are at most nine. What a byte carries over reaches only those behind it. */
    private static int leading(long v) {
        return Long.numberOfTrailingZeros((v | v + SIX) & HIGH) >>> 3;
    }

    static int number(byte[] b, int p, int n) {
        if (n == 2) {
            return b[p] * 10 + b[p + 1] - '0' * 11;
        }
        int v = 0;
        for (int i = 0; i < n; i++) {
            v = v * 10 + b[p + i] - '0';
        }
        return v;
    }

    /** The number that one to eight digits are, with eight bytes to read: pairs of digits first, then pairs of pairs. */
    static int upToEight(byte[] b, int p, int n) {
        long v = (Bytes.load(b, p) ^ ZEROS) << 64 - 8 * n;
        v = v * 10 + (v >>> 8);
        long pairs = (v & PAIRS) * (100 + (1_000_000L << 32)) + (v >>> 16 & PAIRS) * (1 + (10_000L << 32));
        return (int) (pairs >>> 32);
    }

    /** The first three digits behind a decimal point: milliseconds. */
    static int fraction(byte[] b, int p, int n) {
        int v = 0;
        for (int i = 0; i < 3; i++) {
            v = v * 10 + (i < n ? b[p + i] - '0' : 0);
        }
        return v;
    }

    /** The seconds of the day that {@code hh:mm:ss} names, as 100 hours, 100 minutes and seconds; -1 for anything else. */
    static int clock(byte[] b, int p, int to) {
        if (p + 8 > to) {
            return -1;
        }
        long v = Bytes.load(b, p) ^ CLOCK;
        if (leading(v) < 8 || (v & COLONS) != 0) {
            return -1;
        }
        int hour = (int) (v & 15) * 10 + (int) (v >>> 8 & 15);
        int minute = (int) (v >>> 24 & 15) * 10 + (int) (v >>> 32 & 15);
        int second = (int) (v >>> 48 & 15) * 10 + (int) (v >>> 56 & 15);
        return (hour * 100 + minute) * 100 + second;
    }
}
