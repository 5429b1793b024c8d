package dev.weir.cli;

import dev.weir.cli.net.Json;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code weir snapshot}: what a run is saying. */
@Command(name = "snapshot", description = "What a run is saying: its templates with counts.")
final class SnapshotCommand extends ReadCommand {
    @Parameters(arity = "0..1", paramLabel = "RUN", description = "Id, beginning of one, @last, @job or @job~1.")
    private @Nullable String run;

    @Option(names = "--window", paramLabel = "D", description = "Only the last stretch of time, such as 5m.")
    private @Nullable String window;

    @Option(names = "--since", paramLabel = "CURSOR", description = "Only what has changed; last: since last asked.")
    private @Nullable String since;

    @Option(names = "--budget", paramLabel = "N", description = "At most so many tokens, of about 4 bytes.")
    private @Nullable Integer budget;

    @Option(names = "--limit", paramLabel = "N", description = "At most so many templates.")
    private @Nullable Integer limit;

    @Option(names = "--level", paramLabel = "L", description = "Only this level and above.")
    private @Nullable String level;

    @Option(names = "--stream", paramLabel = "S", description = "Only this stream, such as stderr.")
    private @Nullable String stream;

    @Option(names = "--grep", paramLabel = "RE", description = "Only templates that match.")
    private @Nullable String grep;

    @Option(names = "--format", paramLabel = "F", description = "text, markdown or json.")
    private String format = "text";

    SnapshotCommand(Map<String, String> environment) {
        super(environment);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        NodeApi api = api();
        String chosen = choice(api).of(run);
        Cursors cursors = new Cursors(StateFolder.of(environment()), chosen);
        Map<String, String> parameters = new LinkedHashMap<>();
        put(parameters, "window", window);
        put(parameters, "budget", budget);
        put(parameters, "limit", limit);
        put(parameters, "level", level);
        put(parameters, "stream", stream);
        put(parameters, "q", grep);
        boolean remember = "last".equals(since);
        put(parameters, "cursor", remember ? cursors.last().orElse(null) : since);
        if (remember) {
            String body = api.body("/v1/runs/" + chosen + "/snapshot", with(parameters, "json"));
            String cursor = Json.parse(body).get("cursor").text();
            if (json()) {
                print(body);
            } else {
                print(api.body("/v1/runs/" + chosen + "/snapshot", with(parameters, format)));
            }
            cursors.remember(cursor);
            return 0;
        }
        print(api.body("/v1/runs/" + chosen + "/snapshot", with(parameters, json() ? "json" : format)));
        return 0;
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
