package dev.weir.bench.hostile;

import dev.weir.bench.hostile.Hostile.Lines;

/** Lines of one to many words, no two neighbours alike. */
record Lengths(long number, int lengths) implements Lines {
    @Override
    public int longest() {
        return lengths * 3;
    }

    @Override
    public int write(long i, byte[] to, int at) {
        long words = 1 + i * 7919 % lengths;
        for (long w = 0; w < words; w++) {
            to[at++] = (byte) ('a' + w % 26);
            to[at++] = (byte) ('a' + w / 26 % 26);
            to[at++] = ' ';
        }
        return at - 1;
    }
}
