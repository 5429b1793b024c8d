package dev.weir.cli;

import dev.weir.cli.net.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code weir runs}: a table. */
@Command(name = "runs", description = "Lists runs, the most recently active first.")
final class RunsCommand extends ReadCommand {
    private static final List<String> HEAD = List.of(
            "RUN",
            "STATUS",
            "EXIT",
            "JOB",
            "PROVIDER",
            "STARTED",
            "LAST ACTIVE",
            "LINES",
            "TEMPLATES",
            "NOVEL",
            "TITLE");
    /** What a narrow terminal goes without, the least missed first: an id begins with when its run started. */
    private static final List<String> DISPENSABLE = List.of("STARTED", "PROVIDER", "TEMPLATES", "EXIT");

    private static final String LIVE = "started,running,silent";
    private static final int PAGE = 200;

    @Option(names = "--job", paramLabel = "J", description = "Only runs of this job.")
    private @Nullable String job;

    @Option(names = "--status", paramLabel = "S", description = "Only runs of these statuses, separated by commas.")
    private @Nullable String status;

    @Option(names = "--provider", paramLabel = "P", description = "Only runs of this provider, such as github or tail.")
    private @Nullable String provider;

    @Option(names = "--since", paramLabel = "D", description = "Only runs active since then, such as 2h.")
    private @Nullable String since;

    @Option(
            names = {"-a", "--all"},
            description = "Also those that have ended.")
    private boolean all;

    @Option(names = "--limit", paramLabel = "N", description = "At most so many (${DEFAULT-VALUE}).")
    private int limit = 50;

    RunsCommand(Map<String, String> environment) {
        super(environment);
    }

    @Override
    public Integer call() {
        if (limit < 1 || limit > 10_000) {
            throw new UsageException("--limit is " + limit + ": use a number from 1 to 10000");
        }
        NodeApi api = api();
        if (json() && provider == null) {
            print(api.body("/v1/runs", parameters(Math.min(limit, 1_000), "")));
            return 0;
        }
        List<Json> runs = new ArrayList<>();
        boolean complete = found(api, runs);
        if (json()) {
            print("{\"runs\":["
                    + String.join(",", runs.stream().map(Json::written).toList()) + "],\"complete\":" + complete + "}");
            return 0;
        }
        Screen screen = Screen.of(environment());
        ShortTime clock = ShortTime.here();
        List<List<String>> rows = new ArrayList<>();
        runs.forEach(run -> rows.add(row(api, run, screen.terminal() ? clock::of : RunsCommand::time)));
        for (String line : new Table(HEAD, rows)
                .within(screen.columns(), DISPENSABLE)
                .text()
                .split("\n")) {
            System.out.println(screen.cut(line, 0));
        }
        if (rows.isEmpty() && status == null && !all && job == null && since == null) {
            System.err.println("weir: nothing runs now; weir runs --all shows what has ended");
        }
        if (!complete) {
            System.err.println("weir: some partitions have no server yet, so that runs may be missing: ask again");
        }
        return 0;
    }

    /** Page after page: which provider a run has, the server does not look for. */
    private boolean found(NodeApi api, List<Json> runs) {
        String cursor = "";
        boolean complete = true;
        do {
            Json page = Json.parse(
                    api.body("/v1/runs", parameters(provider == null ? Math.min(limit, 1_000) : PAGE, cursor)));
            for (Json run : page.get("runs").items()) {
                if (runs.size() < limit
                        && (provider == null
                                || provider.equals(run.get("provider").text()))) {
                    runs.add(run);
                }
            }
            complete &= page.get("complete").isTrue() || page.get("complete").isMissing();
            cursor = page.get("cursor").text();
        } while (runs.size() < limit && !cursor.isEmpty());
        return complete;
    }

    private Map<String, String> parameters(int page, String cursor) {
        Map<String, String> parameters = new LinkedHashMap<>();
        if (job != null) {
            parameters.put("job", job);
        }
        if (status != null || !all && job == null && since == null) {
            parameters.put("status", status != null ? status : LIVE);
        }
        if (since != null) {
            parameters.put("since", since);
        }
        parameters.put("limit", Integer.toString(page));
        if (!cursor.isEmpty()) {
            parameters.put("cursor", cursor);
        }
        return parameters;
    }

    private static List<String> row(NodeApi api, Json run, UnaryOperator<String> time) {
        return List.of(
                shown(run.get("id")),
                shown(run.get("status")),
                shown(run.get("exitCode")),
                shown(run.get("job")),
                shown(run.get("provider")),
                time.apply(run.get("startedAt").text()),
                time.apply(run.get("lastActivity").text()),
                shown(run.get("accounting").get("read")),
                shown(run.get("templates")),
                novelErrors(api, run),
                shown(run.get("title")));
    }

    /** Only what a job's last good run lacked is novel: without a job there is nothing to count. */
    private static String novelErrors(NodeApi api, Json run) {
        if (run.get("job").text().isEmpty()) {
            return "";
        }
        Json errors = Json.parse(api.body(
                "/v1/runs/" + run.get("id").text() + "/snapshot",
                Map.of("level", "error+", "limit", "1000", "format", "json")));
        long novel = errors.get("templates").items().stream()
                .filter(template -> template.get("novel").isTrue())
                .count();
        return novel == 0 ? "" : Long.toString(novel);
    }

    private static String time(String text) {
        return text.length() < 19 ? text : text.substring(0, 10) + " " + text.substring(11, 19);
    }
}
