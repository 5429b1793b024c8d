package dev.weir.drain;

import static dev.weir.drain.Bytes.K;

/**
 * Hashes what decides which lines are one template. Whoever knows how can make words that hash alike and so hide a line
 * among others; the seed keeps it from them. What a hash is changes with the seed, what is found by it does not, so a
 * miner may go on with another seed than the one its rows were written with.
 */
final class Hash {
    private final long a;
    private final long b;

    Hash(long seed) {
        this.a = Bytes.finish(seed + K);
        this.b = Bytes.finish(seed * K + 0x2545F4914F6CDD1DL);
    }

    /** A run of up to eight bytes, as a little-endian number. */
    long of(long text, int length) {
        return mix(text ^ a, length * K ^ b);
    }

    /** A run of nine to sixteen bytes. */
    long of(long text, long more, int length) {
        return mix(more ^ a, of(text, length));
    }

    long of(byte[] text, int from, int to) {
        long h = (to - from) * K ^ b;
        int i = from;
        for (; i + 8 <= to; i += 8) {
            h = mix(Bytes.load(text, i) ^ a, h);
        }
        int left = to - i;
        if (left > 0) {
            h = mix(Bytes.tail(text, i, left) ^ a, h);
        }
        return h;
    }

    /** A text char by char, four at a time; a text and its bytes need not hash alike. */
    long of(String text) {
        int n = text.length();
        long h = n * K ^ b;
        for (int i = 0; i < n; i += 4) {
            long v = 0;
            for (int k = i; k < n && k < i + 4; k++) {
                v = v << 16 | text.charAt(k);
            }
            h = mix(v ^ a, h);
        }
        return h;
    }

    /** Both halves of the product: no bit of either factor leads to a difference that could be foreseen. */
    private static long mix(long x, long y) {
        return x * y ^ Math.multiplyHigh(x, y);
    }
}
