package dev.weir.bench.hostile;

import java.nio.charset.StandardCharsets;

/** What the kinds of lines are made of. */
final class Kinds {
    private Kinds() {}

    /** A number that looks random and is the same in every run. */
    static long mixed(long i) {
        long x = i * 0x9E3779B97F4A7C15L;
        x = (x ^ x >>> 32) * 0xD6E8FEB86659FD93L;
        return x ^ x >>> 29;
    }

    static int put(String text, byte[] to, int at) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, to, at, bytes.length);
        return at + bytes.length;
    }

    static int word(long seed, byte[] to, int at) {
        int length = 3 + (int) (seed >>> 3 & 7);
        for (int k = 0; k < length; k++) {
            to[at++] = (byte) ('a' + Math.floorMod(mixed(seed + k), 26));
        }
        return at;
    }
}
