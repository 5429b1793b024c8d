package dev.weir.bench.hostile;

import dev.weir.bench.hostile.Hostile.Lines;

/** JSON whose field names are all new: named slots must not grow without end. */
record RandomFields(long number) implements Lines {
    @Override
    public int longest() {
        return 4096;
    }

    @Override
    public int write(long i, byte[] to, int at) {
        at = Kinds.put("{\"level\":\"info\",\"msg\":\"it happened again\"", to, at);
        for (int f = 0; f < 20; f++) {
            at = Kinds.put(",\"", to, at);
            at = Kinds.word(i * 40 + f, to, at);
            at = Kinds.put("\":\"", to, at);
            at = Kinds.word(i * 40 + 20 + f, to, at);
            to[at++] = '"';
        }
        to[at++] = '}';
        return at;
    }
}
