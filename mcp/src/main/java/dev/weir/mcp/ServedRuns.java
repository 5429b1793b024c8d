package dev.weir.mcp;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What words for runs mean to somebody who has no directory: {@code @last} is the run that was active last. */
public record ServedRuns(WeirApi api) implements RunWords {
    @Override
    public String idOf(String word) {
        if (word.equals("@last")) {
            List<Map<String, Object>> runs = list(Query.of("/v1/runs").with("limit", 1));
            if (runs.isEmpty()) {
                throw new ToolProblem("There is no run yet: start one with weir run -- COMMAND");
            }
            return Json.string(runs.get(0), "id");
        }
        if (word.startsWith("@")) {
            return ofJob(word.substring(1));
        }
        if (!word.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,127}")) {
            throw new ToolProblem("run is '" + CleanText.of(word, 60)
                    + "': use an id, a beginning of one, @last, @job or @job~1; list_runs shows them");
        }
        return api.get("/v1/runs/" + word, java.time.Duration.ofSeconds(30)).status() == 404 ? ofPrefix(word) : word;
    }

    private String ofJob(String word) {
        int tilde = word.lastIndexOf('~');
        String job = tilde < 0 ? word : word.substring(0, tilde);
        int back;
        try {
            back = tilde < 0 ? 0 : Integer.parseInt(word.substring(tilde + 1));
        } catch (NumberFormatException notANumber) {
            throw new ToolProblem(
                    "run is '@" + CleanText.of(word, 60) + "': after ~ comes how many runs to go back, as in @build~1");
        }
        if (back < 0 || back > 900) {
            throw new ToolProblem("run goes " + back + " runs back: use a number from 0 to 900 after ~");
        }
        List<Map<String, Object>> runs =
                list(Query.of("/v1/runs").with("job", job).with("limit", back + 1));
        if (runs.size() <= back) {
            throw new ToolProblem("Job '" + CleanText.of(job, 60) + "' has " + runs.size()
                    + " runs here: call list_runs to see the jobs there are");
        }
        return Json.string(runs.get(back), "id");
    }

    private String ofPrefix(String word) {
        List<String> fitting = new ArrayList<>();
        for (Map<String, Object> run : list(Query.of("/v1/runs").with("limit", 1_000))) {
            if (Json.string(run, "id").startsWith(word)) {
                fitting.add(Json.string(run, "id"));
            }
        }
        if (fitting.isEmpty()) {
            throw new ToolProblem("There is no run '" + word + "': call list_runs to see which there are");
        }
        if (fitting.size() > 1) {
            throw new ToolProblem("'" + word + "' is the beginning of " + fitting.size() + " runs, such as "
                    + fitting.get(0) + " and " + fitting.get(1) + ": give more of it");
        }
        return fitting.get(0);
    }

    private List<Map<String, Object>> list(Query query) {
        return Json.children(query.ask(api), "runs");
    }
}
