package dev.weir.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.cli.net.Http;
import dev.weir.cli.net.Json;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code weir sources}: what a run is fed from; and, for a running {@code weir tail}, one source more or less. */
@Command(
        name = "sources",
        description = "Lists a run's sources; add or rm has its running weir tail follow one more, or stop one.",
        mixinStandardHelpOptions = true)
final class SourcesCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Map<String, String> environment;

    @Parameters(index = "0", paramLabel = "RUN", description = "The run.")
    private String run = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "add|rm", description = "What to do.")
    private @Nullable String action;

    @Parameters(
            index = "2",
            arity = "0..1",
            paramLabel = "SOURCE",
            description = "A file, or what else weir tail takes.")
    private @Nullable String source;

    SourcesCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        NodeApi api = new NodeApi(Configuration.connection(environment, null));
        String path = "/v1/runs/" + run + "/sources";
        if (action == null) {
            for (Json each : Json.parse(api.body(path, Map.of())).get("sources").items()) {
                System.out.println(Printable.of(String.format(
                        "%-40s %-8s next %s",
                        each.get("name").text(),
                        each.get("stream").text(),
                        each.get("nextSeq").text())));
            }
            return 0;
        }
        String which = source;
        if (which == null || !action.equals("add") && !action.equals("rm")) {
            throw new UsageException("use weir sources RUN add SOURCE, or weir sources RUN rm SOURCE");
        }
        Http.Answer answer = action.equals("add")
                ? api.send("POST", path, "{\"source\":" + Json.quoted(which) + "}", PATIENCE)
                : api.send("DELETE", path + "?source=" + URLEncoder.encode(which, UTF_8), "", PATIENCE);
        if (!answer.ok()) {
            throw NodeApi.refusal(answer);
        }
        System.out.println(Printable.of(which) + (action.equals("add") ? " is followed" : " is followed no longer"));
        return 0;
    }
}
