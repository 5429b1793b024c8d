package dev.weir.api.runs;

import dev.weir.api.http.Call;
import dev.weir.api.http.Problem;
import dev.weir.api.http.Route;
import dev.weir.api.http.Scope;
import dev.weir.api.http.Streams;
import dev.weir.topology.Extent;
import java.io.OutputStream;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** {@code GET …/events}: what changes in a run, as server-sent events. */
public final class EventRoute {
    private static final int MOST_TAIL = 10_000;

    private final EventStream.Sources from;
    private final Streams streams;
    private final Clock clock;

    public EventRoute(
            RunLookup runs, Snapshots snapshots, LineEvents lines, WakeEvents wakes, Streams streams, Clock clock) {
        this.from = new EventStream.Sources(runs, snapshots, lines, wakes, clock::millis, streams::isStopped);
        this.streams = streams;
        this.clock = clock;
    }

    public Route route() {
        return Route.get(
                "/v1/runs/{run}/events", Scope.READ, List.of("tail", "level", "lines", "ticket"), this::events);
    }

    private void events(Call call) {
        String run = call.run();
        from.runs().find(call.tenant(), run, Extent.status());
        boolean finite = call.text("tail").isPresent();
        int tail = (int) call.number("tail", 0, 1, MOST_TAIL);
        boolean lines = call.flag("lines");
        if (finite && lines) {
            throw Problem.badParameter("lines", "true", "leave it out with tail, or use GET …/lines?tail=" + tail);
        }
        SnapshotQuery query = SnapshotQuery.of(call, clock.millis()).asEvents();
        EventStream stream = new EventStream(from, call.tenant(), run, query);
        Optional<String> last =
                Optional.ofNullable(call.header("Last-Event-ID")).filter(id -> !id.isBlank());
        call.context().contentType("text/event-stream");
        streams.answer(call, () -> {
            OutputStream out = call.context().res().getOutputStream();
            if (finite) {
                stream.tail(tail, out);
            } else {
                stream.follow(last, lines, out);
            }
        });
    }
}
