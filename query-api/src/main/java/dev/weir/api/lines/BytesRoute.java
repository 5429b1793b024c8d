package dev.weir.api.lines;

import dev.weir.api.http.Call;
import dev.weir.api.http.Problem;
import dev.weir.api.http.Route;
import dev.weir.api.http.Scope;
import dev.weir.api.http.Streams;
import dev.weir.api.lines.LineLog.RunRef;
import dev.weir.api.runs.RunLookup;
import dev.weir.topology.Extent;
import dev.weir.topology.RunView;
import java.io.IOException;
import java.util.List;

/**
 * {@code GET …/bytes}: what a source wrote, byte for byte, from one of its entries to before another. Where entries are
 * missing the answer is a problem, or, once bytes are on their way, a connection that breaks: never a text with a hole.
 */
public final class BytesRoute {
    private final RunLookup runs;
    private final LineService lines;
    private final Streams streams;

    public BytesRoute(RunLookup runs, LineService lines, Streams streams) {
        this.runs = runs;
        this.lines = lines;
        this.streams = streams;
    }

    public Route route() {
        return Route.get("/v1/runs/{run}/bytes", Scope.READ, List.of("source", "from", "to"), this::bytes);
    }

    private void bytes(Call call) {
        RunRef run = new RunRef(call.tenant(), call.run());
        RunView view = runs.find(run.tenant(), run.run(), Extent.status());
        RunView.Source source = source(call, view);
        long from = call.number("from", 0, 0, Long.MAX_VALUE);
        long to = Math.min(call.number("to", source.nextSeq(), from, Long.MAX_VALUE), source.nextSeq());
        call.context().contentType("application/octet-stream");
        streams.answer(call, () -> {
            SourceBytes bytes = new SourceBytes(
                    source.name(), from, to, call.context().res().getOutputStream());
            lines.log()
                    .scan(
                            run,
                            lines.begin(view),
                            view.asOf().offset() + 1,
                            new Resends(),
                            entry -> bytes.take(entry) && !streams.isStopped());
            bytes.end(run.run());
        });
    }

    private static RunView.Source source(Call call, RunView view) {
        List<RunView.Source> all = view.sources();
        String name = call.text("source").orElse(all.size() == 1 ? all.get(0).name() : "");
        return all.stream()
                .filter(source -> source.name().equals(name))
                .findFirst()
                .orElseThrow(() -> Problem.badParameter(
                                "source",
                                name,
                                "use one of "
                                        + String.join(
                                                ", ",
                                                all.stream()
                                                        .map(RunView.Source::name)
                                                        .toList()))
                        .of(view.run()));
    }

    /** Failing to write is the client's leaving; a hole is told. */
    static IOException broken(long seq) {
        return new IOException("Entry " + seq + " of the source is missing: the answer ends here");
    }
}
