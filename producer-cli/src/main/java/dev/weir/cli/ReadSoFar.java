package dev.weir.cli;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;

/** Says on a terminal how much has been read, in one line that goes when the end is reached. */
final class ReadSoFar extends FilterInputStream {
    private static final long STEP = 64L << 20;

    private final PrintStream terminal;
    private long read;
    private long said;

    ReadSoFar(InputStream in, PrintStream terminal) {
        super(in);
        this.terminal = terminal;
    }

    @Override
    public int read(byte[] to, int from, int length) throws IOException {
        int got = super.read(to, from, length);
        read += Math.max(0, got);
        if (read - said >= STEP) {
            said = read;
            terminal.print("\rweir: " + (read >> 20) + " MiB read");
            terminal.flush();
        } else if (got < 0 && said > 0) {
            terminal.print("\r\u001b[K");
            terminal.flush();
            said = 0;
        }
        return got;
    }
}
