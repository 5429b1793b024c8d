package dev.weir.cli.capture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.function.LongSupplier;

/** Passes one stream on, byte for byte and at once, and has it kept. One thread of its own. */
final class Relay implements Runnable {
    private static final int READ = 1 << 16;
    private static final long RETRY_MILLIS = 50;

    private final ReadableByteChannel in;
    private final WritableByteChannel out;
    private final Kept kept;
    private final Progress progress;
    private final LongSupplier clock;
    private final Runnable onDeaf;
    private final ByteBuffer buffer;
    private boolean heard = true;
    private boolean atLineStart = true;
    private boolean losing;
    private boolean lostFromLineStart;
    private boolean diskRefused;
    private long lossTried;
    private long position;
    private long lostBytes;
    private long lostNewlines;

    /** @param onDeaf to be run once, when nobody reads {@code out} any longer */
    Relay(
            ReadableByteChannel in,
            WritableByteChannel out,
            Kept kept,
            Progress progress,
            LongSupplier clock,
            Runnable onDeaf) {
        this(in, out, kept, progress, clock, onDeaf, READ);
    }

    Relay(
            ReadableByteChannel in,
            WritableByteChannel out,
            Kept kept,
            Progress progress,
            LongSupplier clock,
            Runnable onDeaf,
            int read) {
        this.buffer = ByteBuffer.allocateDirect(read);
        this.in = in;
        this.out = out;
        this.kept = kept;
        this.progress = progress;
        this.clock = clock;
        this.onDeaf = onDeaf;
    }

    @Override
    public void run() {
        try {
            while (step()) {
                // until the stream ends
            }
        } catch (IOException closed) {
            // Closed on purpose, by the end of the wait for grandchildren: what follows belongs to the raw file alone.
            return;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            end();
        }
    }

    /** Reads once, waiting for it; false at the end. */
    boolean step() throws IOException, InterruptedException {
        progress.allowance().await(buffer.capacity());
        buffer.clear();
        if (in.read(buffer) < 0) {
            return false;
        }
        buffer.flip();
        take(buffer.duplicate());
        heard = heard && passOn(buffer);
        return true;
    }

    void end() {
        closeLoss();
        progress.end();
    }

    private boolean passOn(ByteBuffer buffer) {
        try {
            while (buffer.hasRemaining()) {
                out.write(buffer);
            }
            return true;
        } catch (IOException readerIsGone) {
            // As with "| head -1": neither the child nor the capture stops, unless they are asked to.
            onDeaf.run();
            return false;
        }
    }

    /** Keeps the bytes, or counts them where the allowance or the disk has no room. */
    private void take(ByteBuffer bytes) throws InterruptedException {
        boolean refused = progress.allowance().refuses(bytes.remaining());
        if (losing && diskRefused && clock.getAsLong() - lossTried < RETRY_MILLIS) {
            lose(bytes, bytes.remaining()); // a full disk need not be asked at every read
            return;
        }
        if (losing && !refused) {
            lose(bytes, untilLineStart(bytes)); // what is kept again begins with a line
            losing = bytes.hasRemaining() ? false : !atLineStart;
        } else if (!losing && refused) {
            keep(bytes, untilLineStart(bytes));
            losing = true;
            if (lostBytes == 0) {
                diskRefused = false;
                lostFromLineStart = atLineStart;
            }
        }
        if (losing) {
            lose(bytes, bytes.remaining());
        } else if (bytes.hasRemaining()) {
            closeLoss();
            keep(bytes, bytes.remaining());
        }
    }

    /** How many of these bytes belong to a line that has begun before; none if it does not end in them. */
    private int untilLineStart(ByteBuffer bytes) {
        if (atLineStart) {
            return 0;
        }
        for (int i = bytes.position(); i < bytes.limit(); i++) {
            if (bytes.get(i) == '\n') {
                return i + 1 - bytes.position();
            }
        }
        return losing ? bytes.remaining() : 0;
    }

    private void keep(ByteBuffer bytes, int count) throws InterruptedException {
        if (count == 0) {
            return;
        }
        ByteBuffer now = bytes.slice(bytes.position(), count);
        if (!isKept(now)) {
            losing = true;
            diskRefused = true;
            lossTried = clock.getAsLong();
            lostFromLineStart = atLineStart;
            lose(bytes, count);
            return;
        }
        atLineStart = bytes.get(bytes.position() + count - 1) == '\n';
        position += count;
        progress.advance(bytes.slice(bytes.position(), count), clock.getAsLong());
        bytes.position(bytes.position() + count);
    }

    /** Offers the bytes to the disk; where the user would rather wait than lose any, until it takes them. */
    private boolean isKept(ByteBuffer bytes) throws InterruptedException {
        try {
            while (!kept.keep(bytes.duplicate(), position)) {
                if (!progress.allowance().waits()) {
                    return false;
                }
                Thread.sleep(RETRY_MILLIS);
            }
            return true;
        } catch (IOException unreadable) {
            return false;
        }
    }

    private void lose(ByteBuffer bytes, int count) {
        for (int i = 0; i < count; i++) {
            atLineStart = bytes.get() == '\n';
            lostNewlines += atLineStart ? 1 : 0;
        }
        lostBytes += count;
        position += count;
        if (lostBytes >= kept.grain() && atLineStart) {
            closeLoss();
            lostFromLineStart = true;
        }
    }

    private void closeLoss() {
        if (lostBytes == 0) {
            return;
        }
        boolean endsInLine = !atLineStart && (lostNewlines > 0 || lostFromLineStart);
        long entries = Math.max(0, lostNewlines - (lostFromLineStart ? 0 : 1)) + (endsInLine ? 1 : 0);
        progress.lose(lostBytes, entries, clock.getAsLong(), diskRefused);
        try {
            kept.giveUp(position - lostBytes, position);
        } catch (IOException notNow) {
            // It takes room for longer, that is all.
            System.err.println("weir: cannot make room on disk: " + notNow);
        } finally {
            lostBytes = 0;
            lostNewlines = 0;
        }
    }
}
