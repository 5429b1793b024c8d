package dev.weir.api.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/**
 * A body as it comes in, held to a pace and to a deadline: whoever sends slower holds a thread for nothing. A client that
 * falls silent is ended by the connection's idle time, which is told here as what it is.
 */
final class Paced extends FilterInputStream {
    private static final long LEAST_BYTES_PER_SECOND = 1_024;
    private static final long GRACE_NANOS = 10_000_000_000L;

    private final long patience;
    private final long started = System.nanoTime();
    private long count;

    Paced(InputStream in, Duration patience) {
        super(in);
        this.patience = patience.toNanos();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int got;
        try {
            got = super.read(buffer, offset, length);
        } catch (IOException broken) {
            throw broken.getCause() instanceof TimeoutException ? tooSlow() : cutShort();
        }
        count += Math.max(0, got);
        long nanos = System.nanoTime() - started;
        boolean slow = nanos > GRACE_NANOS && count < LEAST_BYTES_PER_SECOND * (nanos / 1_000_000_000L);
        if (got >= 0 && (slow || nanos > patience)) {
            throw tooSlow();
        }
        return got;
    }

    private static Problem tooSlow() {
        return new Problem(
                        408,
                        "too-slow",
                        "The body came in at less than " + LEAST_BYTES_PER_SECOND
                                + " bytes a second, or took longer than WEIR_HTTP_BODY: send it faster, or in parts")
                .header("Connection", "close");
    }

    private static Problem cutShort() {
        return new Problem(400, "bad-body", "The body ended before its end, or its chunks are malformed: send it again")
                .header("Connection", "close");
    }
}
