package dev.weir.api.lines;

import dev.weir.snapshot.JsonWriter;
import java.io.IOException;
import java.io.OutputStream;

/** Writes entries as lines of JSON, some kilobytes at a time. Confined to one stream's thread. */
final class NdjsonSink implements Follow.Sink {
    private static final int CHUNK = 32 << 10;

    private final OutputStream out;
    private long left;
    private JsonWriter json = new JsonWriter();

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

    private void write() throws IOException {
        if (json.size() > 0) {
            out.write(json.toBytes());
            json = new JsonWriter();
        }
    }
}
