package dev.weir.api.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A request's body with its bounds: so many bytes as sent, so many after decompression, and no more than so many times
 * what was sent. Javalin's own limit does not see streams.
 */
public final class Body {
    /** Real logs shrink by ten to thirty; what shrinks by more is made to fill memory. */
    private static final int RATIO = 200;

    private static final int RATIO_FREE = 1 << 20;

    /** A body that comes in slower than this, after some seconds of grace, holds a thread for nothing. */
    private static final long LEAST_BYTES_PER_SECOND = 256;

    private static final long GRACE_NANOS = 10_000_000_000L;

    private static final String KEPT = "weir.body";

    private Body() {}

    public static InputStream of(Call call, long mostBytes) throws IOException {
        return open(call.context().req().getInputStream(), call.header("Content-Encoding"), mostBytes);
    }

    public static byte[] whole(Call call, long mostBytes) throws IOException {
        try (InputStream body = of(call, mostBytes)) {
            return body.readAllBytes();
        }
    }

    /** The same however often it is asked for: a request may have to be passed on after its body was read. */
    public static byte[] kept(Call call, long mostBytes) throws IOException {
        byte[] known = call.context().attribute(KEPT);
        if (known != null) {
            return known;
        }
        byte[] whole = whole(call, mostBytes);
        call.context().attribute(KEPT, whole);
        return whole;
    }

    static InputStream open(InputStream sent, @Nullable String encoding, long mostBytes) throws IOException {
        Counted received = new Counted(sent, mostBytes, null, mostBytes);
        if (encoding == null || encoding.equalsIgnoreCase("identity")) {
            return received;
        }
        if (!encoding.equalsIgnoreCase("gzip")) {
            throw new Problem(
                    415,
                    "unsupported-encoding",
                    "Content-Encoding is '" + Problem.shown(encoding) + "': use gzip or none");
        }
        try {
            return new Counted(new GZIPInputStream(received), mostBytes, received, mostBytes);
        } catch (java.util.zip.ZipException | java.io.EOFException damaged) {
            throw new Problem(400, "bad-gzip", "The body is not gzip: send it whole, or without Content-Encoding");
        }
    }

    private static final class Counted extends FilterInputStream {
        private final long most;
        private final @Nullable Counted compressed;
        private final long limitShown;
        private final long started = System.nanoTime();
        private long count;

        Counted(InputStream in, long most, @Nullable Counted compressed, long limitShown) {
            super(in);
            this.most = most;
            this.compressed = compressed;
            this.limitShown = limitShown;
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
            } catch (java.util.zip.ZipException | java.io.EOFException damaged) {
                throw new Problem(400, "bad-gzip", "The body's gzip is damaged: send it again");
            }
            count += Math.max(0, got);
            holdToPace(System.nanoTime() - started);
            if (count > most) {
                throw new Problem(
                        413,
                        "body-too-large",
                        "The body is larger than " + limitShown
                                + " bytes: send it in parts, or raise WEIR_HTTP_BODY_BYTES");
            }
            if (compressed != null && count > RATIO_FREE && count > RATIO * compressed.count) {
                throw new Problem(
                        413,
                        "body-too-large",
                        "The body unpacks to more than " + RATIO + " times its size: send it in parts");
            }
            return got;
        }

        private void holdToPace(long nanos) {
            if (nanos > GRACE_NANOS && count < LEAST_BYTES_PER_SECOND * (nanos / 1_000_000_000L)) {
                throw new Problem(
                        408,
                        "too-slow",
                        "The body came in at less than " + LEAST_BYTES_PER_SECOND + " bytes a second: send it faster");
            }
        }
    }
}
