package dev.weir.api.lines;

import dev.weir.api.http.Problem;
import dev.weir.snapshot.JsonWriter;
import java.io.IOException;
import java.io.OutputStream;

/** Writes entries as lines of JSON, some kilobytes at a time. Confined to one stream's thread. */
final class NdjsonSink implements Follow.Sink {
    private static final int CHUNK = 32 << 10;

    private final OutputStream out;
    private long left;
    private JsonWriter json = new JsonWriter();
    private boolean sent;

    NdjsonSink(OutputStream out, long most) {
        this.out = out;
        this.left = most;
    }

    boolean isFull() {
        return left <= 0;
    }

    @Override
    public void entry(Entry entry) throws IOException {
        if (isFull()) {
            return;
        }
        left--;
        LineJson.write(json, entry);
        json.newLine();
        if (json.size() > CHUNK) {
            write();
        }
    }

    /** An empty line in idle times: only writing shows that a client has left. */
    @Override
    public void flush(boolean idle) throws IOException {
        if (idle) {
            json.newLine();
        }
        write();
        out.flush();
    }

    /** Whether any of it is on its way, so that no other answer can be given any more. */
    boolean hasSent() {
        return sent;
    }

    /** Ends a stream that cannot go on, where a client sees it: a status was sent long ago. */
    void problem(Problem problem) throws IOException {
        json.object().field("marker", "problem").field("reason", problem.code());
        json.name("problem").json(problem.json()).endObject().newLine();
        write();
    }

    private void write() throws IOException {
        if (json.size() > 0) {
            sent = true;
            out.write(json.toBytes());
            json = new JsonWriter();
        }
    }
}
