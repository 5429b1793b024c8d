package dev.weir.api.lines;

import dev.weir.api.http.Call;
import dev.weir.api.http.Problem;
import dev.weir.api.http.Route;
import dev.weir.api.http.Scope;
import dev.weir.api.http.Streams;
import dev.weir.api.lines.LineLog.RunRef;
import dev.weir.api.runs.RunLookup;
import dev.weir.api.runs.TemplateId;
import dev.weir.api.runs.TextFilter;
import dev.weir.schemas.RunState;
import dev.weir.snapshot.JsonWriter;
import dev.weir.topology.Extent;
import dev.weir.topology.Position;
import dev.weir.topology.RunView;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The routes that give raw lines. */
public final class LineRoutes {
    private static final int MOST_LINES = 10_000_000;
    private static final int MOST_TAIL = 100_000;
    private static final int MOST_CONTEXT = 1_000;
    static final Set<RunState> OVER = Set.of(RunState.COMPLETED, RunState.FAILED, RunState.CANCELLED);

    private final RunLookup runs;
    private final LineService lines;
    private final Streams streams;
    private final Clock clock;

    public LineRoutes(RunLookup runs, LineService lines, Streams streams, Clock clock) {
        this.runs = runs;
        this.lines = lines;
        this.streams = streams;
        this.clock = clock;
    }

    public List<Route> all() {
        return List.of(
                Route.get(
                        "/v1/runs/{run}/lines",
                        Scope.READ,
                        List.of(
                                "tail",
                                "from",
                                "to",
                                "around",
                                "before",
                                "after",
                                "n",
                                "q",
                                "stream",
                                "level",
                                "template",
                                "not",
                                "follow",
                                "ticket"),
                        this::lines),
                Route.get(
                        "/v1/runs/{run}/templates/{id}/lines",
                        Scope.READ,
                        List.of("n", "context", "slot", "window", "from", "to"),
                        this::expand));
    }

    private void lines(Call call) {
        RunRef run = new RunRef(call.tenant(), call.run());
        RunView view = runs.find(run.tenant(), run.run(), Extent.status());
        LineFilter filter = LineFilter.of(call, runs);
        long most = call.text("around").isPresent() ? MOST_LINES : call.number("n", MOST_LINES, 1, MOST_LINES);
        boolean follow = call.flag("follow");
        Search search = lines.search();
        Follow.Start start = start(call, run, view, filter, most, search);
        call.context().contentType(Call.NDJSON);
        streams.answer(call, () -> {
            NdjsonSink sink = new NdjsonSink(call.context().res().getOutputStream(), most);
            if (follow) {
                follow(run, view, filter, start, sink);
            } else {
                history(call, run, view, filter, start, sink, search);
            }
            sink.flush(false);
        });
    }

    private void follow(RunRef run, RunView view, LineFilter filter, Follow.Start start, NdjsonSink sink)
            throws IOException, InterruptedException {
        try {
            lines.follow()
                    .run(
                            run,
                            start,
                            filter,
                            () -> streams.isStopped() || sink.isFull(),
                            OVER.contains(view.life().state()),
                            view.asOf().offset(),
                            sink);
        } catch (InterruptedException stopping) {
            if (!sink.hasSent()) {
                throw stopping;
            }
            sink.problem(Streams.stopping());
        }
    }

    private void history(
            Call call, RunRef run, RunView view, LineFilter filter, Follow.Start start, NdjsonSink sink, Search search)
            throws IOException {
        long end =
                call.text("around").isPresent() ? Long.MAX_VALUE : view.asOf().offset() + 1;
        long to = call.moment("to", clock.millis())
                .map(moment -> lines.log().at(run, moment))
                .orElse(Long.MAX_VALUE);
        IOException[] gone = new IOException[1];
        LineLog.Visitor each = entry -> {
            try {
                if (entry.kind() != Entry.Kind.ENDED && filter.test(entry)) {
                    sink.entry(entry);
                    search.found();
                }
                return !sink.isFull() && !streams.isStopped();
            } catch (IOException left) {
                gone[0] = left;
                return false;
            }
        };
        try {
            start.history(Math.min(end, Math.min(to, lines.log().end(run))), new Resends(), each);
        } catch (Problem tooCostly) {
            if (!sink.hasSent()) {
                throw tooCostly;
            }
            sink.problem(tooCostly);
        }
        if (gone[0] != null) {
            throw gone[0];
        }
    }

    private Follow.Start start(Call call, RunRef run, RunView view, LineFilter filter, long most, Search search) {
        Optional<String> around = call.text("around");
        Optional<String> tail = call.text("tail");
        Optional<Long> from = call.start(clock.millis());
        Optional<Position> before = call.text("before").map(given -> position("before", given));
        Optional<Position> after = call.text("after").map(given -> position("after", given));
        if (Stream.of(around, tail, from, before, after)
                        .filter(Optional::isPresent)
                        .count()
                > 1) {
            throw new Problem(
                    400, "bad-parameter", "tail, from, around, before and after exclude each other: use one of them");
        }
        Follow follow = call.flag("follow") ? lines.follow() : lines.through(search);
        if (around.isPresent()) {
            Position position = position("around", around.get());
            int each = (int) call.number("n", 20, 1, MOST_CONTEXT);
            return (end, resends, visitor) -> around(run, view, position, each, end, visitor, search);
        }
        if (tail.isPresent()) {
            return follow.tail(run, lines.begin(view), (int) call.number("tail", 0, 0, MOST_TAIL), filter);
        }
        long begin = lines.begin(view);
        if (before.isPresent()) {
            return follow.before(run, begin, before.get(), (int) call.number("n", 500, 1, MOST_TAIL), filter);
        }
        if (after.isPresent()) {
            return follow.after(run, after.get());
        }
        return follow.from(run, from.isPresent() ? Math.max(begin, lines.log().at(run, from.get())) : begin);
    }

    /** So many lines before a position, the line there, and so many after it. */
    private void around(
            RunRef run, RunView view, Position position, int each, long end, LineLog.Visitor visitor, LineLog search) {
        long next = Math.min(position.offset() + 1, lines.log().end(run));
        LineFilter any = new LineFilter(Optional.empty(), Optional.empty(), Set.of());
        for (Entry entry : Tail.of(
                search,
                run,
                lines.begin(view),
                next,
                each + 1,
                entry -> any.test(entry) && new Position(entry.offset(), entry.index()).compareTo(position) <= 0,
                ended -> {})) {
            visitor.accept(entry);
        }
        int[] left = {each};
        search.scan(run, position.offset(), Math.min(end, lines.log().end(run)), entry -> {
            if (new Position(entry.offset(), entry.index()).compareTo(position) > 0 && entry.isLine()) {
                left[0]--;
                return visitor.accept(entry) && left[0] > 0;
            }
            return true;
        });
    }

    static Position position(String name, String given) {
        int dot = given.indexOf('.');
        try {
            long offset = Long.parseLong(given.substring(0, Math.max(0, dot)));
            int index = Integer.parseInt(given.substring(dot + 1));
            if (offset >= 0 && index >= 0) {
                return new Position(offset, index);
            }
        } catch (NumberFormatException unreadable) {
            throw noPosition(name, given);
        }
        throw noPosition(name, given);
    }

    private static Problem noPosition(String name, String given) {
        return Problem.badParameter(name, given, "use a line's position, such as 1234.5");
    }

    private void expand(Call call) {
        RunRef run = new RunRef(call.tenant(), call.run());
        int id = TemplateId.of(call);
        int most = (int) call.number("n", 20, 1, MOST_CONTEXT);
        int context = (int) call.number("context", 0, 0, 100);
        long now = clock.millis();
        long from = call.start(now).orElse(0L);
        RunView view =
                runs.find(run.tenant(), run.run(), Extent.all(from).only(id).withoutSlots());
        RunView.Template template = TemplateId.find(view, id);
        long begin = Math.max(lines.begin(view), from > 0 ? lines.log().at(run, from) : 0);
        long end = call.moment("to", now)
                .map(to -> lines.log().at(run, to))
                .orElse(view.asOf().offset() + 1);
        List<Expansion.Block> blocks = new Expansion(lines.log(), run, context)
                .of(template, begin, end, most, call.text("slot").map(given -> TextFilter.of("slot", given)));
        JsonWriter json = new JsonWriter().object();
        json.field("run", run.run()).field("template", id).field("text", template.text());
        json.field("count", template.count());
        json.name("lines").array();
        for (Expansion.Block block : blocks) {
            json.object();
            LineJson.fields(json, block.line());
            json.field("certain", block.certain());
            if (context > 0) {
                neighbours(json, "before", block.before());
                neighbours(json, "after", block.after());
            }
            json.endObject();
        }
        json.endArray();
        if (blocks.isEmpty()) {
            json.known("sample", Expansion.sample(template));
            json.field("note", "lines-gone");
        }
        call.json(json.endObject());
    }

    private static void neighbours(JsonWriter json, String name, List<Entry> entries) {
        json.name(name).array();
        entries.forEach(entry -> LineJson.write(json, entry));
        json.endArray();
    }
}
