package dev.weir.api.lines;

import dev.weir.api.http.Problem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Puts a source's entries together again, in order. The first part is held back, so that a hole in it can be answered as
 * one. Confined to one request's thread.
 */
final class SourceBytes {
    private static final int HELD_BACK = 256 << 10;

    private final String source;
    private final long to;
    private final OutputStream out;
    private final ByteArrayOutputStream held = new ByteArrayOutputStream();
    private boolean sending;
    private long next;
    private @Nullable IOException gone;

    SourceBytes(String source, long from, long to, OutputStream out) {
        this.source = source;
        this.next = from;
        this.to = to;
        this.out = out;
    }

    /** Whether to go on. */
    boolean take(Entry entry) {
        if (!entry.source().equals(source) || entry.seq() + entry.count() <= next) {
            return true;
        }
        if (next >= to || !entry.isLine() || entry.seq() != next) {
            return false;
        }
        next++;
        try {
            held.write(entry.bytes());
            if (entry.last() && entry.newline()) {
                held.write('\n');
            }
            if (held.size() >= HELD_BACK) {
                send();
            }
            return true;
        } catch (IOException left) {
            gone = left;
            return false;
        }
    }

    private void send() throws IOException {
        sending = true;
        held.writeTo(out);
        held.reset();
    }

    void end(String run) throws IOException {
        if (gone != null) {
            throw gone;
        }
        if (next < to) {
            if (sending) {
                throw BytesRoute.broken(next);
            }
            throw new Problem(
                            409,
                            "bytes-missing",
                            "Entry " + next + " of source '" + source
                                    + "' is not there: it was dropped, has not arrived or has left retention; ask from behind"
                                    + " it or to before it")
                    .of(run)
                    .with("missing", next);
        }
        send();
        out.flush();
    }
}
