package dev.weir.bench.hostile;

import dev.weir.bench.hostile.Hostile.Lines;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Lines of different words that the miner's hash of a word cannot tell apart, as somebody would make them who has read
 * its source. For any first eight bytes there are second eight that lead to the same hash; those that are letters are
 * kept. If the hash changes these become plain random words, and the number of templates shows it.
 */
final class Collisions implements Lines {
    private static final long K = 0x9E3779B97F4A7C15L;
    private static final int WORDS = 512;

    private final long number;
    private final byte[][] words = new byte[WORDS][];

    Collisions(long number) {
        this.number = number;
        long target = after("connectionbroken".getBytes(StandardCharsets.US_ASCII), 16);
        long seed = 0;
        for (int w = 0; w < WORDS; w++) {
            while (words[w] == null) {
                words[w] = word(seed++, target);
            }
        }
    }

    /** The word whose first half comes from the seed, if its second half turns out to be letters. */
    private static byte @Nullable [] word(long seed, long target) {
        byte[] word = new byte[16];
        for (int k = 0; k < 8; k++) {
            word[k] = (byte) ('a' + Math.floorMod(Kinds.mixed(seed * 8 + k), 26));
        }
        // step(h, x) = (rotl(h, 23) ^ x) * K, and K is odd: x = target / K ^ rotl(h, 23).
        long second = target * inverse(K) ^ Long.rotateLeft(after(word, 8), 23);
        ByteBuffer.wrap(word, 8, 8).order(ByteOrder.LITTLE_ENDIAN).putLong(second);
        for (int k = 8; k < 16; k++) {
            int c = word[k] & 255;
            if (c < 128 && !Character.isLetter(c)) {
                return null;
            }
        }
        return word;
    }

    private static long after(byte[] word, int length) {
        long h = word.length * K;
        ByteBuffer bytes = ByteBuffer.wrap(word).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < length; i += 8) {
            h = (Long.rotateLeft(h, 23) ^ bytes.getLong(i)) * K;
        }
        return h;
    }

    private static long inverse(long odd) {
        long x = odd;
        for (int i = 0; i < 5; i++) {
            x *= 2 - odd * x;
        }
        return x;
    }

    @Override
    public long number() {
        return number;
    }

    @Override
    public int longest() {
        return 128;
    }

    @Override
    public int write(long i, byte[] to, int at) {
        for (int w = 0; w < 3; w++) {
            byte[] word = words[(int) (Kinds.mixed(i * 3 + w) >>> 55)];
            System.arraycopy(word, 0, to, at, word.length);
            at += word.length;
            to[at++] = ' ';
        }
        return at - 1;
    }
}
