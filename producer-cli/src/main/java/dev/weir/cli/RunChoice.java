package dev.weir.cli;

import dev.weir.cli.net.Http;
import dev.weir.cli.net.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which run a word means: an id, a unique beginning of one, {@code @last} (this directory's newest, also without a word),
 * {@code @job} (a job's newest), {@code @job~1} (the one before).
 */
final class RunChoice {
    private static final Set<String> OVER = Set.of("completed", "failed", "cancelled", "lost");
    private static final long WAIT_MILLIS = 10_000;
    private static final long LOOK_MILLIS = 50;

    private final NodeApi api;
    private final StateFolder state;

    RunChoice(NodeApi api, StateFolder state) {
        this.api = api;
        this.state = state;
    }

    /** The run's id, once the server knows of it what this machine knows. */
    String of(@Nullable String word) throws IOException, InterruptedException {
        StateFolder.Newest newest = state.newestOf(Path.of(""));
        String run;
        if (word == null || word.equals("@last")) {
            if (newest.run() == null) {
                throw new UsageException("no run of this directory is known: name one; weir runs lists them");
            }
            run = newest.run();
        } else {
            run = word.startsWith("@") ? ofJob(word.substring(1)) : word.equals(newest.run()) ? word : ofPrefix(word);
        }
        if (run.equals(newest.run())) {
            awaitServer(run, newest.ended());
        }
        return run;
    }

    /** The newest run that failed: of all, or of the job that a word names. */
    String failed(@Nullable String word) {
        Map<String, String> parameters = new LinkedHashMap<>(Map.of("status", "failed", "limit", "1"));
        if (word != null) {
            if (!word.startsWith("@") || word.equals("@last")) {
                throw new UsageException(
                        "--failed chooses the run by itself: leave '" + word + "' out, or name a job as @job");
            }
            parameters.put("job", word.substring(1));
        }
        List<Json> runs = list(parameters);
        if (runs.isEmpty()) {
            String job = parameters.get("job");
            throw new NodeApi.Refused("no run " + (job == null ? "here" : "of job " + job)
                    + " has failed: weir runs --all" + (job == null ? "" : " --job " + job) + " lists them");
        }
        return runs.get(0).get("id").text();
    }

    private String ofJob(String word) {
        int tilde = word.lastIndexOf('~');
        String job = tilde < 0 ? word : word.substring(0, tilde);
        int back = tilde < 0 ? 0 : number(word.substring(tilde + 1), word);
        List<Json> runs = list(Map.of("job", job, "limit", Integer.toString(back + 1)));
        if (runs.size() <= back) {
            throw new UsageException(
                    "@" + word + ": job " + job + " has " + runs.size() + " runs here: see weir runs --job " + job);
        }
        return runs.get(back).get("id").text();
    }

    private static int number(String text, String word) {
        try {
            int back = Integer.parseInt(text);
            if (back >= 0 && back < 1_000) {
                return back;
            }
            throw new NumberFormatException(text);
        } catch (NumberFormatException notANumber) {
            throw new UsageException("@" + word + ": after ~ comes how many runs to go back, 0 to 999, as in @build~1");
        }
    }

    private String ofPrefix(String word) {
        if (!word.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,127}")) {
            throw new UsageException("'" + word + "' cannot be a run: use an id, the beginning of one, @last, @job or"
                    + " @job~1; weir runs --all lists them");
        }
        Http.Answer exact = api.get("/v1/runs/" + word, Map.of());
        if (exact.ok()) {
            return word;
        }
        List<String> fitting = new ArrayList<>();
        for (Json run : list(Map.of("limit", "1000"))) {
            if (run.get("id").text().startsWith(word)) {
                fitting.add(run.get("id").text());
            }
        }
        if (fitting.size() > 1) {
            throw new UsageException(word + " is the beginning of " + fitting.size() + " runs, such as "
                    + fitting.get(0) + " and " + fitting.get(1) + ": type more of it");
        }
        if (fitting.isEmpty()) {
            throw new NodeApi.Refused(
                    "RUN is '" + word + "': no run has this id or begins with it; weir runs --all lists them");
        }
        return fitting.get(0);
    }

    private List<Json> list(Map<String, String> parameters) {
        return Json.parse(api.body("/v1/runs", new LinkedHashMap<>(parameters)))
                .get("runs")
                .items();
    }

    /** A run of a moment ago: what this machine knows of it, the server may be about to learn. */
    private void awaitServer(String run, boolean ended) throws InterruptedException {
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
