package dev.weir.bench.hostile;

import dev.weir.bench.hostile.Hostile.Lines;

/** One line, once, of words. */
record Endless(int longest) implements Lines {
    @Override
    public long number() {
        return 1;
    }

    @Override
    public int write(long i, byte[] to, int at) {
        for (int k = 0; k < longest; k++) {
            to[at++] = (byte) (k % 7 == 6 ? ' ' : 'a' + k % 23);
        }
        return at;
    }
}
