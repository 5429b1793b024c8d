package dev.weir.bench.hostile;

import dev.weir.bench.hostile.Hostile.Lines;

/** Four to eleven words that were never seen before: nothing is ever known, every line is a template of its own. */
record RandomWords(long number) implements Lines {
    @Override
    public int longest() {
        return 256;
    }

    @Override
    public int write(long i, byte[] to, int at) {
        int words = 4 + (int) (Kinds.mixed(i) & 7);
        for (int w = 0; w < words; w++) {
            at = Kinds.word(i * 16 + w, to, at);
            to[at++] = ' ';
        }
        return at - 1;
    }
}
