package dev.weir.api.runs;

import dev.weir.api.http.Call;
import dev.weir.api.http.Route;
import dev.weir.api.http.Scope;
import dev.weir.api.http.Streams;
import dev.weir.topology.Extent;
import dev.weir.topology.RunView;
import java.time.Clock;
import java.util.List;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;

/** The routes that read a run from the stores. */
public final class RunRoutes {
    private static final String BEHIND = "Weir-Behind";
    private static final long HOUR = 3_600_000;
    private static final long LONGEST_WAIT = HOUR;

    private final RunLookup runs;
    private final Snapshots snapshots;
    private final Waiting waiting;
    private final RunList.Peers peers;
    private final Streams slow;
    private final Clock clock;

    public RunRoutes(
            RunLookup runs, Snapshots snapshots, Waiting waiting, Streams slow, RunList.Peers peers, Clock clock) {
        this.peers = peers;
        this.waiting = waiting;
        this.slow = slow;
        this.runs = runs;
        this.snapshots = snapshots;
        this.clock = clock;
    }

    public List<Route> all() {
        return List.of(
                Route.get("/v1/runs", Scope.READ, RunList.PARAMETERS, this::list),
                Route.get("/v1/runs/{run}", Scope.READ, List.of("stale"), this::run),
                Route.get("/v1/runs/{run}/snapshot", Scope.READ, SnapshotQuery.PARAMETERS, this::snapshot),
                Route.get(
                        "/v1/runs/{run}/wait",
                        Scope.READ,
                        List.of("until", "timeout", "cursor", "budget", "limit"),
                        this::wait),
                Route.get("/v1/runs/{run}/templates/{id}", Scope.READ, List.of(), this::template),
                Route.get("/v1/runs/{run}/sources", Scope.ANY, List.of(), this::sources));
    }

    private void list(Call call) {
        call.bytes(Call.JSON, RunList.answer(call, runs.reader(), clock.millis(), peers));
    }

    private void run(Call call) {
        call.bytes(Call.JSON, RunJson.full(lookup(call).find(call.tenant(), call.run(), Extent.status())));
    }

    private void wait(Call call) {
        String run = call.run();
        List<Until> until = Until.parse(call.texts("until"));
        long timeout =
                call.duration("timeout").map(java.time.Duration::toMillis).orElse(60_000L);
        if (timeout > LONGEST_WAIT) {
            throw dev.weir.api.http.Problem.badParameter(
                    "timeout", call.text("timeout").orElse(""), "use 1h at most");
        }
        Waiting.Start start = waiting.start(call.tenant(), run, call.text("cursor"));
        SnapshotQuery query = SnapshotQuery.of(call, clock.millis()).since(start.cursor());
        slow.answer(call, () -> waiting.answer(call, run, until, start, timeout, query));
    }

    private void template(Call call) {
        int id = TemplateId.of(call);
        RunView view = runs.find(
                call.tenant(), call.run(), Extent.all(clock.millis() - HOUR).only(id));
        call.bytes(Call.JSON, TemplateJson.full(view, TemplateId.find(view, id)));
    }

    private void sources(Call call) {
        var json = new dev.weir.snapshot.JsonWriter().object();
        RunJson.sources(json, runs.find(call.tenant(), call.run(), Extent.status()));
        call.json(json.endObject());
    }

    /** With {@code stale=ok} a standby's copy will do; how far it is behind stands in a header. */
    private RunLookup lookup(Call call) {
        return call.text("stale").isEmpty()
                        || call.oneOf("stale", "ok", List.of("ok")).isEmpty()
                ? runs
                : runs.orStale(behind -> call.context().header(BEHIND, Long.toString(behind)));
    }

    private void snapshot(Call call) {
        SnapshotQuery query = SnapshotQuery.of(call, clock.millis());
        String run = call.run();
        Snapshots from = snapshots.over(lookup(call));
        byte[] body;
        try {
            body = from.answerOrAhead(call.tenant(), run, query, clock.millis());
        } catch (Snapshots.Ahead readerKnowsMore) {
            // A server that took over reads the last records again: it will know as much in a moment.
            slow.answer(call, () -> write(call, query, waiting.caughtUp(call.tenant(), run, query, from)));
            return;
        }
        write(call, query, body);
    }

    private static void write(Call call, SnapshotQuery query, byte[] body) {
        String tag = tag(body);
        call.context().header("ETag", tag);
        call.context().header("Vary", "Accept, Authorization");
        call.context().header("Cache-Control", "private, no-cache");
        String known = call.header("If-None-Match");
        if (known != null && isKnown(known, tag)) {
            call.status(304);
        } else {
            call.bytes(query.rendering().contentType(), body);
        }
    }

    /** Weakly compared, as is the rule where a body may be left out. */
    private static boolean isKnown(String known, String tag) {
        for (String one : known.split(",")) {
            String given = one.strip();
            if (given.equals("*") || given.equals(tag) || given.equals("W/" + tag)) {
                return true;
            }
        }
        return false;
    }

    /** Strong: of the very bytes. Two checksums, because one of 32 bits meets its twin too soon. */
    private static String tag(byte[] body) {
        Checksum one = new CRC32C();
        one.update(body);
        Checksum other = new java.util.zip.CRC32();
        other.update(body);
        return String.format("\"%08x%08x-%x\"", one.getValue(), other.getValue(), body.length);
    }
}
