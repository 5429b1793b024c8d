package dev.weir.bench.hostile;

import dev.weir.bench.hostile.Hostile.Lines;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Ordinary logs, over and over. */
final class Replay implements Lines {
    private final List<byte[]> lines = new ArrayList<>();
    private final long number;

    Replay(List<byte[]> logs, long number) {
        this.number = number;
        for (byte[] log : logs) {
            int start = 0;
            for (int i = 0; i < log.length; i++) {
                if (log[i] == '\n') {
                    lines.add(Arrays.copyOfRange(log, start, i));
                    start = i + 1;
                }
            }
        }
    }

    @Override
    public long number() {
        return number;
    }

    @Override
    public int longest() {
        return 1 << 16;
    }

    @Override
    public int write(long i, byte[] to, int at) {
        byte[] line = lines.get((int) (i % lines.size()));
        int length = Math.min(line.length, longest());
        System.arraycopy(line, 0, to, at, length);
        return at + length;
    }
}
