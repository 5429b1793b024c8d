package dev.weir.cli;

import dev.weir.cli.net.Http;
import dev.weir.cli.net.Json;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code weir snapshot}: what a run is saying. */
@Command(name = "snapshot", description = "What a run is saying: its templates with counts.")
final class SnapshotCommand extends ReadCommand {
    /** Bytes: some dozen lines of what went wrong, where a person reads. */
    private static final int EVIDENCE = 1_200;

    @Parameters(arity = "0..1", paramLabel = "RUN", description = "Id, beginning of one, @last, @job or @job~1.")
    private @Nullable String run;

    @Option(names = "--window", paramLabel = "D", description = "Only the last stretch of time, such as 5m.")
    private @Nullable String window;

    @Option(
            names = "--at",
            paramLabel = "TIME",
            description = "As it was then: ISO-8601, or how long ago, such as 10m.")
    private @Nullable String at;

    @Option(names = "--since", paramLabel = "CURSOR", description = "Only what has changed; last: since last asked.")
    private @Nullable String since;

    @Option(names = "--reader", paramLabel = "NAME", description = "Who asks: each has a last of its own.")
    private String reader = Cursors.ANYBODY;

    @Option(names = "--budget", paramLabel = "N", description = "At most so many tokens, of about 4 bytes.")
    private @Nullable Integer budget;

    @Option(names = "--limit", paramLabel = "N", description = "At most so many templates.")
    private @Nullable Integer limit;

    @Option(names = "--level", paramLabel = "L", description = "Only this level and above.")
    private @Nullable String level;

    @Option(names = "--stream", paramLabel = "S", description = "Only this stream, such as stderr.")
    private @Nullable String stream;

    @Option(names = "--grep", paramLabel = "RE", description = "Only templates that match this RE2 pattern.")
    private @Nullable String grep;

    @Option(names = "--failed", description = "The newest run that failed; with @job, of that job.")
    private boolean failed;

    @Option(names = "--format", paramLabel = "F", description = "text, markdown or json.")
    private @Nullable String format;

    SnapshotCommand(Map<String, String> environment) {
        super(environment);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (format != null && !List.of("text", "markdown", "json").contains(format)) {
            throw new UsageException("--format is '" + format + "': use text, markdown or json");
        }
        NodeApi api = api();
        String chosen = failed ? choice(api).failed(run) : choice(api).of(run);
        Map<String, String> parameters = parameters();
        if (!"last".equals(since)) {
            show(api, chosen, parameters);
            return 0;
        }
        Cursors cursors = new Cursors(StateFolder.of(environment()), reader, chosen);
        cursors.last().ifPresent(cursor -> parameters.put("cursor", cursor));
        // The cursor first: what comes in between is told twice rather than never.
        String cursor = Json.parse(api.body(path(chosen), with(parameters, "json")))
                .get("cursor")
                .text();
        show(api, chosen, parameters);
        cursors.remember(cursor);
        return 0;
    }

    private Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        put(parameters, "window", window);
        put(parameters, "to", at);
        put(parameters, "budget", budget);
        put(parameters, "limit", limit);
        put(parameters, "level", level == null || level.matches(".*[+,].*") ? level : level + "+");
        put(parameters, "stream", stream);
        put(parameters, "q", grep == null ? null : "/" + grep + "/");
        put(parameters, "cursor", "last".equals(since) ? null : since);
        return parameters;
    }

    private void show(NodeApi api, String chosen, Map<String, String> parameters) {
        Screen screen = Screen.of(environment());
        if (!json() && !"json".equals(format) && budget == null && since == null) {
            put(parameters, "evidence", EVIDENCE);
        }
        if (json() || format != null || !screen.terminal()) {
            print(body(api, chosen, with(parameters, json() ? "json" : format == null ? "text" : format)));
        } else {
            Json snapshot = Json.parse(body(api, chosen, with(parameters, "json")));
            SnapshotView.lines(snapshot, screen, true).forEach(System.out::println);
            System.out.println(
                    screen.styled("2", "cursor: " + snapshot.get("cursor").text()));
        }
    }

    /** A server that is older than this command may not know of the lines that explain: it is asked without. */
    private static String body(NodeApi api, String run, Map<String, String> parameters) {
        Http.Answer answer = api.get(path(run), parameters);
        boolean older = answer.status() == 400
                && parameters.containsKey("evidence")
                && answer.body().contains("There is no parameter 'evidence'");
        if (!older) {
            return NodeApi.checked(answer).body();
        }
        Map<String, String> without = new LinkedHashMap<>(parameters);
        without.remove("evidence");
        return api.body(path(run), without);
    }

    private static String path(String run) {
        return "/v1/runs/" + run + "/snapshot";
    }

    private static Map<String, String> with(Map<String, String> parameters, String format) {
        Map<String, String> all = new LinkedHashMap<>(parameters);
        all.put("format", format);
        return all;
    }

    private static void put(Map<String, String> parameters, String name, @Nullable Object value) {
        if (value != null) {
            parameters.put(name, value.toString());
        }
    }
}
