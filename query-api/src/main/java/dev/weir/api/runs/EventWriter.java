package dev.weir.api.runs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;

/** Writes server-sent events and knows the id of the last one. Lines come from a thread of their own, so it is shared. */
final class EventWriter {
    private static final byte[] COMMENT = ":\n\n".getBytes(StandardCharsets.US_ASCII);

    private final OutputStream out;
    private EventId id;

    EventWriter(OutputStream out, EventId id) {
        this.out = out;
        this.id = id;
    }

    synchronized EventId id() {
        return id;
    }

    /** One that a client which is cut off behind it is told again, with all that belongs to it. */
    synchronized void event(String type, byte[] data) throws IOException {
        write(type, "", data);
    }

    /** One that a client which is cut off behind it is not told again. */
    synchronized void event(String type, UnaryOperator<EventId> moved, byte[] data) throws IOException {
        id = moved.apply(id);
        write(type, "id: " + id.text() + "\n", data);
    }

    /** Notes what goes with the next event's id. */
    synchronized void note(UnaryOperator<EventId> moved) {
        id = moved.apply(id);
    }

    /** A comment in idle times: only writing shows that a client has left. */
    synchronized void idle() throws IOException {
        out.write(COMMENT);
        out.flush();
    }

    synchronized void flush() throws IOException {
        out.flush();
    }

    private void write(String type, String id, byte[] data) throws IOException {
        ByteArrayOutputStream event = new ByteArrayOutputStream(data.length + 64);
        event.writeBytes(("event: " + type + "\n" + id + "data: ").getBytes(StandardCharsets.UTF_8));
        event.writeBytes(data);
        event.writeBytes("\n\n".getBytes(StandardCharsets.US_ASCII));
        event.writeTo(out);
    }
}
