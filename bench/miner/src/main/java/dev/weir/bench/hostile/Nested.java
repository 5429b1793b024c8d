package dev.weir.bench.hostile;

import dev.weir.bench.hostile.Hostile.Lines;

/** Much that opens and nothing that closes. */
record Nested(long number) implements Lines {
    private static final String[] OPEN = {"{\"a\":", "[", "(", "\"", "'", "{", "<", "\\\"", "{\"msg\":\""};

    @Override
    public int longest() {
        return 8192;
    }

    @Override
    public int write(long i, byte[] to, int at) {
        int end = at + 4000;
        String open = OPEN[(int) (i % OPEN.length)];
        while (at < end) {
            at = Kinds.put(open, to, at);
            if (i % 2 == 1) {
                at = Kinds.word(i + at, to, at);
            }
        }
        return at;
    }
}
