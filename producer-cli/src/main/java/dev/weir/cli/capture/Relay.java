package dev.weir.cli.capture;

import java.io.IOException;
import java.io.OutputStream;
import java.util.function.LongSupplier;

/** Passes one stream on, byte for byte and at once. One thread of its own. */
final class Relay implements Runnable {
    private final Held held;
    private final OutputStream out;
    private final Progress progress;
    private final LongSupplier clock;
    private final boolean breakPipe;

    Relay(Held held, OutputStream out, Progress progress, LongSupplier clock, boolean breakPipe) {
        this.held = held;
        this.out = out;
        this.progress = progress;
        this.clock = clock;
        this.breakPipe = breakPipe;
    }

    @Override
    public void run() {
        byte[] buffer = new byte[1 << 16];
        boolean heard = true;
        try {
            for (int read; (read = held.read(buffer)) >= 0; ) {
                progress.advance(read, clock.getAsLong());
                heard = heard && passOn(buffer, read);
            }
        } catch (IOException closed) {
            // Closed on purpose, by the end of the wait for grandchildren: what follows belongs to the raw file alone.
            return;
        } finally {
            progress.end();
        }
    }

    private boolean passOn(byte[] buffer, int length) throws IOException {
        try {
            out.write(buffer, 0, length);
            return true;
        } catch (IOException readerIsGone) {
            // As with "| head -1": neither the child nor the capture stops, unless they are asked to.
            if (breakPipe) {
                held.breakPipe();
            }
            return false;
        }
    }
}
