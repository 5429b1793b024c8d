package dev.weir.mcp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code list_runs}. */
final class ListRuns implements Tool {
    private static final List<String> KEPT = List.of(
            "id",
            "status",
            "exitCode",
            "signal",
            "untrustedJob",
            "untrustedTitle",
            "untrustedProvider",
            "startedAt",
            "lastActivity",
            "templates",
            "novelErrors");

    @Override
    public Reply call(Session session, Arguments arguments, Progress progress) {
        Map<String, Object> page = Query.of("/v1/runs")
                .with("job", arguments.text("job"))
                .with("status", arguments.text("status"))
                .with("since", arguments.text("since"))
                .with("cursor", arguments.text("cursor"))
                .with("limit", arguments.integer("limit", 20))
                .ask(session.api());
        List<Object> runs = new ArrayList<>();
        for (Map<String, Object> run : Json.children(page, "runs")) {
            runs.add(brief(run));
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("runs", runs);
        String cursor = Json.string(page, "cursor");
        if (!cursor.isEmpty()) {
            fields.put("nextCursor", cursor);
        }
        List<String> hints = new ArrayList<>();
        if (runs.isEmpty()) {
            hints.add(
                    arguments.text("job").isPresent()
                                    || arguments.text("status").isPresent()
                            ? "No run fits: leave job, status and since out to see all."
                            : "There is no run yet: a person or agent starts one with weir run -- COMMAND.");
        }
        if (Boolean.FALSE.equals(page.get("complete"))) {
            hints.add("Some partitions have no server yet, so runs may be missing: ask again in a few seconds.");
        }
        fields.put("hints", hints);
        int asked = runs.size();
        Fit.within(fields, arguments.budget(), 200, List.of("runs"));
        int shown = fields.get("runs") instanceof List<?> left ? left.size() : 0;
        if (!cursor.isEmpty()) {
            fields.put("truncated", true);
        }
        if (shown < asked) {
            // The page's cursor would skip what did not fit.
            fields.remove("nextCursor");
            fields.put("hints", List.of("Not all runs of this page fit: lower limit or raise budget."));
        }
        return new Reply(fields, shown + " runs, the most recently active first.");
    }

    private static Map<String, Object> brief(Map<String, Object> given) {
        Map<String, Object> clean = Untrusted.object(given);
        Map<String, Object> brief = new LinkedHashMap<>();
        for (String name : KEPT) {
            Object value = clean.get(name);
            if (value != null) {
                brief.put(name, value);
            }
        }
        brief.put("lines", Json.number(Json.child(given, "accounting"), "read"));
        return brief;
    }
}
