package dev.weir.cli;

import dev.weir.cli.net.Http;
import dev.weir.cli.net.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code weir snapshot}: what a run is saying. */
@Command(
        name = "snapshot",
        description = "What a run is saying: its templates with counts.",
        mixinStandardHelpOptions = true)
final class SnapshotCommand implements Callable<Integer> {
    private static final Set<String> OVER = Set.of("completed", "failed", "cancelled", "lost");
    private static final long WAIT_MILLIS = 10_000;
    private static final long LOOK_MILLIS = 50;

    private final Map<String, String> environment;

    @Parameters(arity = "0..1", paramLabel = "RUN", description = "The run; this directory's newest if not given.")
    private @Nullable String run;

    @Option(names = "--json", description = "As JSON.")
    private boolean json;

    SnapshotCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        NodeApi api = new NodeApi(Configuration.connection(environment, null));
        StateFolder.Newest newest = StateFolder.of(environment).newestOf(Path.of(""));
        String chosen = run != null ? run : newest.run();
        if (chosen == null) {
            throw new UsageException("no run of this directory is known: name one, as in weir snapshot RUN");
        }
        if (chosen.equals(newest.run())) {
            awaitServer(api, chosen, newest.ended());
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("format", json ? "json" : "text");
        String body = api.body("/v1/runs/" + chosen + "/snapshot", parameters);
        System.out.print(body.endsWith("\n") ? body : body + "\n");
        return 0;
    }

    /** A run of a moment ago: what this machine knows of it, the server may be about to learn. */
    private static void awaitServer(NodeApi api, String run, boolean ended) throws InterruptedException {
        long deadline = System.currentTimeMillis() + WAIT_MILLIS;
        while (System.currentTimeMillis() < deadline) {
            Http.Answer answer = api.get("/v1/runs/" + run, Map.of());
            if (answer.ok()
                    && (!ended
                            || OVER.contains(
                                    Json.parse(answer.body()).get("status").text()))) {
                return;
            }
            if (!answer.ok() && answer.status() != 404 && answer.status() != 503) {
                return;
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }
}
