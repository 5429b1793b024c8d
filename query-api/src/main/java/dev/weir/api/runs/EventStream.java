package dev.weir.api.runs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.api.http.Call;
import dev.weir.topology.RunReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET …/events}: what changes in a run, as server-sent events. An event's id is a cursor, so that a client that
 * comes back with it, to this server or another, is told exactly what it missed.
 */
final class EventStream {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long IDLE_SECONDS = 10;
    private static final long MOST_OFTEN = 100;

    private final RunReader reader;
    private final Snapshots snapshots;
    private final LongSupplier clock;
    private final BooleanSupplier stopped;

    EventStream(RunReader reader, Snapshots snapshots, LongSupplier clock, BooleanSupplier stopped) {
        this.reader = reader;
        this.snapshots = snapshots;
        this.clock = clock;
        this.stopped = stopped;
    }

    /** The newest so many templates, each as an event, and the status; then it ends. */
    void tail(Call call, String run, int most, SnapshotQuery query, OutputStream out) throws IOException {
        JsonNode snapshot = JSON.readTree(snapshots.answer(call.tenant(), run, query, clock.getAsLong()));
        List<JsonNode> templates = new ArrayList<>();
        snapshot.get("templates").forEach(templates::add);
        for (JsonNode template : templates.subList(Math.max(0, templates.size() - most), templates.size())) {
            event(out, "template", null, template.toString());
        }
        event(out, "status", snapshot.get("cursor").asText(), status(snapshot));
        out.flush();
    }

    void follow(Call call, String run, @Nullable String from, SnapshotQuery query, OutputStream out)
            throws IOException, InterruptedException {
        Semaphore changed = new Semaphore(0);
        RunReader.Watch watch = reader.watch(call.tenant(), run, changed::release);
        try (watch) {
            String cursor = from == null ? first(call, run, query, out) : from;
            long seenSignals = from == null ? clock.getAsLong() : 0;
            while (!stopped.getAsBoolean()) {
                JsonNode delta =
                        JSON.readTree(snapshots.answer(call.tenant(), run, query.since(cursor), clock.getAsLong()));
                boolean news = !delta.path("unchanged").asBoolean();
                if (news) {
                    seenSignals = tell(delta, seenSignals, out);
                }
                cursor = delta.get("cursor").asText();
                boolean more = changed.tryAcquire(IDLE_SECONDS, TimeUnit.SECONDS);
                if (!more) {
                    // A comment: only writing shows that a client has left.
                    out.write(":\n\n".getBytes(StandardCharsets.UTF_8));
                    out.flush();
                } else {
                    TimeUnit.MILLISECONDS.sleep(MOST_OFTEN);
                    changed.drainPermits();
                }
            }
        }
    }

    private String first(Call call, String run, SnapshotQuery query, OutputStream out) throws IOException {
        JsonNode now = JSON.readTree(snapshots.answer(call.tenant(), run, query, clock.getAsLong()));
        String cursor = now.get("cursor").asText();
        event(out, "status", cursor, status(now));
        out.flush();
        return cursor;
    }

    /** The id comes with the last event: a client cut off before it is told the whole delta again. */
    private static long tell(JsonNode delta, long seenSignals, OutputStream out) throws IOException {
        Optional<String> note = Optional.ofNullable(delta.get("note")).map(JsonNode::asText);
        if (note.isPresent()) {
            event(out, "reset", null, "{\"why\":\"" + note.get() + "\"}");
        }
        for (JsonNode template : delta.get("templates")) {
            event(out, "template", null, template.toString());
        }
        long newest = seenSignals;
        for (JsonNode signal : delta.get("signals")) {
            long at = java.time.Instant.parse(signal.get("at").asText()).toEpochMilli();
            if (at > seenSignals) {
                event(out, "signal", null, signal.toString());
                newest = Math.max(newest, at);
            }
        }
        event(out, "status", delta.get("cursor").asText(), status(delta));
        out.flush();
        return newest;
    }

    private static String status(JsonNode snapshot) {
        return JSON.createObjectNode()
                .<com.fasterxml.jackson.databind.node.ObjectNode>set("run", snapshot.get("run"))
                .set("accounting", snapshot.get("accounting"))
                .toString();
    }

    private static void event(OutputStream out, String type, @Nullable String id, String data) throws IOException {
        String lines = "event: " + type + "\n" + (id == null ? "" : "id: " + id + "\n") + "data: " + data + "\n\n";
        out.write(lines.getBytes(StandardCharsets.UTF_8));
    }
}
