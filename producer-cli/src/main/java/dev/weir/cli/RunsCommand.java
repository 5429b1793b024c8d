package dev.weir.cli;

import dev.weir.cli.net.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code weir runs}: a table. */
@Command(name = "runs", description = "Lists runs, the most recently active first.")
final class RunsCommand extends ReadCommand {
    private static final List<String> HEAD = List.of(
            "RUN", "STATUS", "EXIT", "JOB", "PROVIDER", "STARTED", "LAST ACTIVE", "LINES", "TEMPLATES", "TITLE");
    private static final String LIVE = "started,running,silent";

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
        parameters.put("limit", Integer.toString(limit));
        String body = api().body("/v1/runs", parameters);
        if (json()) {
            print(body);
            return 0;
        }
        Json answer = Json.parse(body);
        List<List<String>> rows = new ArrayList<>();
        for (Json run : answer.get("runs").items()) {
            if (provider == null || provider.equals(run.get("provider").text())) {
                rows.add(row(run));
            }
        }
        print(new Table(HEAD, rows).text());
        if (rows.isEmpty() && status == null && !all) {
            System.err.println("weir: nothing runs now; weir runs --all shows what has ended");
        }
        if (!answer.get("complete").isTrue() && !answer.get("complete").isMissing()) {
            System.err.println("weir: some partitions have no server yet, so that runs may be missing: ask again");
        }
        return 0;
    }

    private static List<String> row(Json run) {
        return List.of(
                shown(run.get("id")),
                shown(run.get("status")),
                shown(run.get("exitCode")),
                shown(run.get("job")),
                shown(run.get("provider")),
                time(run.get("startedAt")),
                time(run.get("lastActivity")),
                shown(run.get("accounting").get("read")),
                shown(run.get("templates")),
                shown(run.get("title")));
    }

    private static String time(Json time) {
        String text = time.text();
        return text.length() < 19 ? text : text.substring(0, 10) + " " + text.substring(11, 19);
    }
}
