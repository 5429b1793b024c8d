package dev.weir.bench.hostile;

import dev.weir.bench.hostile.Hostile.Lines;

/** Continuations without end: one event must not take in a whole run. */
record Indented(long number) implements Lines {
    @Override
    public int longest() {
        return 256;
    }

    @Override
    public int write(long i, byte[] to, int at) {
        at = Kinds.put(i % 1000 == 0 ? "java.lang.Error: " : "\tat ", to, at);
        return Kinds.word(i, to, Kinds.word(i + 3, to, at));
    }
}
