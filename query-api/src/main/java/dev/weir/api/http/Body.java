package dev.weir.api.http;

import io.javalin.http.Context;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * A request's body with its bounds: so many bytes as sent, so many after decompression, and no more than so many times
 * what was sent. Javalin's own limit does not see streams.
 */
public final class Body {
    /** Real logs shrink by ten to thirty; what shrinks by more is made to fill memory. */
    private static final int RATIO = 200;

    private static final int RATIO_FREE = 1 << 20;

    /** Where a request keeps how long its body may take. */
    static final String PATIENCE = "weir.body.patience";

    private static final String KEPT = "weir.body";

    private Body() {}

    public static InputStream of(Call call, long mostBytes) throws IOException {
        Context context = call.context();
        if (context.req().getContentLengthLong() > mostBytes) {
            // Before any of it is read, and before a client that asked by Expect sends it.
            throw tooLarge(mostBytes);
        }
        Duration patience = context.attribute(PATIENCE);
        return open(
                context.req().getInputStream(),
                call.header("Content-Encoding"),
                mostBytes,
                patience == null ? Duration.ofMinutes(5) : patience);
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

    static InputStream open(InputStream sent, @Nullable String encoding, long mostBytes, Duration patience)
            throws IOException {
        Counted received = new Counted(new Paced(sent, patience), mostBytes, null);
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
            return new Counted(new Unpacked(new GZIPInputStream(received)), mostBytes, received);
        } catch (ZipException | EOFException damaged) {
            throw new Problem(400, "bad-gzip", "The body is not gzip: send it whole, or without Content-Encoding");
        }
    }

    private static Problem tooLarge(long most) {
        return new Problem(
                413,
                "body-too-large",
                "The body is larger than " + most + " bytes: send it in parts, or raise WEIR_HTTP_BODY_BYTES");
    }

    /** Passes on what was unpacked, and says it if that cannot be. */
    private static final class Unpacked extends FilterInputStream {
        Unpacked(GZIPInputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            try {
                return super.read(buffer, offset, length);
            } catch (ZipException | EOFException damaged) {
                throw new Problem(400, "bad-gzip", "The body's gzip is damaged: send it again");
            }
        }
    }

    private static final class Counted extends FilterInputStream {
        private final long most;
        private final @Nullable Counted compressed;
        private long count;

        Counted(InputStream in, long most, @Nullable Counted compressed) {
            super(in);
            this.most = most;
            this.compressed = compressed;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int got = super.read(buffer, offset, length);
            count += Math.max(0, got);
            if (count > most) {
                throw tooLarge(most);
            }
            if (compressed != null && count > RATIO_FREE && count > RATIO * compressed.count) {
                throw new Problem(
                        413,
                        "body-too-large",
                        "The body unpacks to more than " + RATIO + " times its size: send it in parts");
            }
            return got;
        }
    }
}
