package dev.weir.bench.hostile;

import dev.weir.bench.hostile.Hostile.Lines;

/** The same behind a header whose level changes. */
record Headed(Lines within) implements Lines {
    private static final String[] HEADS = {
        "2025-03-04 08:15:00,123 INFO  [main] org.example.Api - ",
        "2025-03-04 08:15:00,123 ERROR [main] org.example.Api - "
    };

    @Override
    public long number() {
        return within.number();
    }

    @Override
    public int longest() {
        return within.longest() + 80;
    }

    @Override
    public int write(long i, byte[] to, int at) {
        return within.write(i, to, Kinds.put(HEADS[(int) (i & 1)], to, at));
    }
}
