package dev.weir.api.runs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.topology.Extent;
import dev.weir.topology.RunReader;
import dev.weir.topology.RunView;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * What changes in a run, as events, for one client. What it was told stands in the last event's id, so that it may come
 * back with that, to this server or another, and is told exactly what it missed.
 */
final class EventStream {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long IDLE_SECONDS = 10;
    private static final long MOST_OFTEN = 100;

    private final Sources from;
    private final String tenant;
    private final String run;
    private final SnapshotQuery query;

    /** Where events come from. */
    record Sources(
            RunLookup runs,
            Snapshots snapshots,
            LineEvents lines,
            WakeEvents wakes,
            LongSupplier clock,
            BooleanSupplier stopped) {}

    EventStream(Sources from, String tenant, String run, SnapshotQuery query) {
        this.from = from;
        this.tenant = tenant;
        this.run = run;
        this.query = query;
    }

    /** The newest so many templates, each as an event, and the status; then it ends. */
    void tail(int most, OutputStream out) throws IOException {
        JsonNode now = snapshot(query);
        EventWriter writer = new EventWriter(out, known(now));
        List<JsonNode> templates = new ArrayList<>();
        now.get("templates").forEach(templates::add);
        for (JsonNode template : templates.subList(Math.max(0, templates.size() - most), templates.size())) {
            writer.event("template", bytes(template));
        }
        writer.event("status", same -> same, status(now));
        writer.flush();
    }

    /** Until the client leaves or the server stops. */
    void follow(Optional<String> last, boolean withLines, OutputStream out) throws IOException, InterruptedException {
        Semaphore changed = new Semaphore(0);
        RunReader.Watch watch = from.runs.reader().watch(tenant, run, changed::release);
        try (watch) {
            EventWriter writer = begin(last, withLines, out);
            RunReader.Watch lines = withLines ? lines(writer) : () -> {};
            try (lines) {
                while (!from.stopped.getAsBoolean()) {
                    tell(writer);
                    if (!changed.tryAcquire(IDLE_SECONDS, TimeUnit.SECONDS)) {
                        writer.idle();
                    } else {
                        TimeUnit.MILLISECONDS.sleep(MOST_OFTEN);
                        changed.drainPermits();
                    }
                }
            }
        }
    }

    /** A client that comes back goes on; one whose id says nothing any more is told so, and everything. */
    private EventWriter begin(Optional<String> last, boolean withLines, OutputStream out) throws IOException {
        Optional<EventId> known = last.flatMap(EventId::parse);
        if (known.isPresent()) {
            EventWriter writer = new EventWriter(out, known.get());
            RunView view = from.runs.find(tenant, run, Extent.status());
            if (withLines && known.get().line().offset() + 1 < from.lines.begin(view)) {
                reset(writer, "lines-gone");
            }
            return writer;
        }
        JsonNode now = snapshot(query);
        EventWriter writer = new EventWriter(out, known(now));
        if (last.isPresent()) {
            reset(writer, "unknown-id");
            templates(writer, now);
        }
        writer.event("status", id -> newestWake(id), status(now));
        writer.flush();
        return writer;
    }

    private void tell(EventWriter writer) throws IOException {
        JsonNode delta = snapshot(query.since(writer.id().cursor()));
        String cursor = delta.get("cursor").asText();
        if (delta.path("unchanged").asBoolean()) {
            writer.note(id -> id.at(cursor));
        } else {
            if (delta.has("note")) {
                reset(writer, delta.get("note").asText());
            }
            templates(writer, delta);
            signals(writer, delta);
            writer.event("status", id -> id.at(cursor), status(delta));
        }
        wakes(writer);
        writer.flush();
    }

    /** Without ids: a client cut off before the status that ends them is told them again, as they are then. */
    private static void templates(EventWriter writer, JsonNode delta) throws IOException {
        for (JsonNode template : delta.get("templates")) {
            writer.event("template", bytes(template));
        }
    }

    private static void signals(EventWriter writer, JsonNode delta) throws IOException {
        long told = writer.id().signals();
        for (JsonNode signal : delta.get("signals")) {
            long at = time(signal);
            if (at > told) {
                writer.event("signal", id -> id.signal(at), bytes(signal));
            }
        }
    }

    private void wakes(EventWriter writer) throws IOException {
        EventId told = writer.id();
        List<WakeEvents.Wake> all = from.wakes.of(tenant, run);
        boolean missedOne =
                all.stream().filter(wake -> wake.changedAt() == told.wakes()).count() != told.told();
        for (WakeEvents.Wake wake : all) {
            if (wake.changedAt() > told.wakes() || missedOne && wake.changedAt() == told.wakes()) {
                writer.event("wake", id -> id.wake(wake.changedAt()), wake.json());
            }
        }
    }

    private EventId newestWake(EventId id) {
        EventId newest = id;
        for (WakeEvents.Wake wake : from.wakes.of(tenant, run)) {
            newest = newest.wake(wake.changedAt());
        }
        return newest;
    }

    private RunReader.Watch lines(EventWriter writer) {
        return from.lines.follow(tenant, run, writer.id().line(), query.levels(), new LineEvents.Each() {
            @Override
            public void line(dev.weir.topology.Position position, byte[] json) throws IOException {
                writer.event("line", id -> id.at(position), json);
            }

            @Override
            public void flush() throws IOException {
                writer.flush();
            }
        });
    }

    private static void reset(EventWriter writer, String why) throws IOException {
        writer.event("reset", ("{\"why\":\"" + why + "\"}").getBytes(StandardCharsets.UTF_8));
    }

    private static EventId known(JsonNode snapshot) {
        long newest = 0;
        for (JsonNode signal : snapshot.get("signals")) {
            newest = Math.max(newest, time(signal));
        }
        return EventId.after(snapshot.get("cursor").asText(), newest);
    }

    private static long time(JsonNode signal) {
        return Instant.parse(signal.get("at").asText()).toEpochMilli();
    }

    private JsonNode snapshot(SnapshotQuery asked) throws IOException {
        return JSON.readTree(from.snapshots.answer(tenant, run, asked, from.clock.getAsLong()));
    }

    private static byte[] status(JsonNode snapshot) throws IOException {
        ObjectNode status = JSON.createObjectNode();
        status.set("run", snapshot.get("run"));
        status.set("accounting", snapshot.get("accounting"));
        return JSON.writeValueAsBytes(status);
    }

    private static byte[] bytes(JsonNode node) throws IOException {
        return JSON.writeValueAsBytes(node);
    }
}
