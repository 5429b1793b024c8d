package dev.weir.api.runs;

import dev.weir.api.http.Call;
import dev.weir.api.http.Problem;
import dev.weir.snapshot.JsonWriter;
import dev.weir.topology.LocalRuns;
import dev.weir.topology.RunReader;
import dev.weir.topology.RunView;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;

/** {@code GET /v1/runs}: a tenant's runs, newest activity first, in pages. */
final class RunList {
    static final List<String> PARAMETERS = List.of("job", "status", "label", "since", "limit", "cursor");
    private static final int MOST = 1_000;
    private static final Comparator<RunView> NEWEST_FIRST = Comparator.comparingLong(
                    (RunView view) -> view.life().lastActivity())
            .reversed()
            .thenComparing(RunView::run);

    private RunList() {}

    /** Where a page ended: the last activity and id of its last run. */
    private record Place(long activity, String run) {
        static Place parse(String given) {
            try {
                String text = new String(Base64.getUrlDecoder().decode(given), StandardCharsets.UTF_8);
                int space = text.indexOf(' ');
                return new Place(Long.parseLong(text.substring(0, Math.max(0, space))), text.substring(space + 1));
            } catch (IllegalArgumentException damaged) {
                throw Problem.badParameter("cursor", given, "use the cursor of the page before, unchanged, or none");
            }
        }

        String text() {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString((activity + " " + run).getBytes(StandardCharsets.UTF_8));
        }

        boolean isBefore(RunView view) {
            long last = view.life().lastActivity();
            return last < activity || last == activity && view.run().compareTo(run) > 0;
        }
    }

    static byte[] answer(Call call, RunReader reader, long now) {
        int limit = (int) call.number("limit", 50, 1, MOST);
        Predicate<RunView> wanted = wanted(call, now);
        Place after = call.text("cursor").map(Place::parse).orElse(new Place(Long.MAX_VALUE, ""));
        List<RunView> page = new ArrayList<>();
        long before = after.activity() == Long.MAX_VALUE ? Long.MAX_VALUE : after.activity() + 1;
        LocalRuns local = reader.runs(call.tenant(), before, Integer.MAX_VALUE);
        for (RunView view : local.runs()) {
            if (after.isBefore(view) && wanted.test(view)) {
                page.add(view);
            }
        }
        page.sort(NEWEST_FIRST);
        boolean more = page.size() > limit;
        return json(more ? page.subList(0, limit) : page, more, reader, local);
    }

    private static byte[] json(List<RunView> page, boolean more, RunReader reader, LocalRuns local) {
        JsonWriter json = new JsonWriter().object().name("runs").array();
        page.forEach(view -> RunJson.brief(json, view));
        json.endArray();
        if (more) {
            RunView last = page.get(page.size() - 1);
            json.field("cursor", new Place(last.life().lastActivity(), last.run()).text());
        }
        TreeSet<Integer> unanswered = new TreeSet<>();
        for (int partition = 0; partition < reader.placement().partitions(); partition++) {
            if (!local.partitions().contains(partition)) {
                unanswered.add(partition);
            }
        }
        json.field("complete", unanswered.isEmpty());
        json.name("unansweredPartitions").array();
        unanswered.forEach(json::value);
        return json.endArray().endObject().toBytes();
    }

    private static Predicate<RunView> wanted(Call call, long now) {
        Predicate<RunView> wanted = view -> true;
        if (call.text("job").isPresent()) {
            String job = call.text("job").get();
            wanted = wanted.and(view -> job.equals(view.facts().job()));
        }
        if (call.text("status").isPresent()) {
            List<String> states =
                    List.of(call.text("status").get().toLowerCase(Locale.ROOT).split(","));
            for (String state : states) {
                if (!STATES.contains(state)) {
                    throw Problem.badParameter("status", state, "use " + String.join(", ", STATES));
                }
            }
            wanted = wanted.and(view -> states.contains(Facts.status(view)));
        }
        Map<String, String> labels = labels(call);
        wanted = wanted.and(view -> view.facts().labels().entrySet().containsAll(labels.entrySet()));
        long since = call.moment("since", now).orElse(0L);
        return wanted.and(view -> view.life().lastActivity() >= since);
    }

    private static final List<String> STATES =
            List.of("started", "running", "silent", "lost", "completed", "failed", "cancelled", "unknown");

    private static Map<String, String> labels(Call call) {
        Map<String, String> labels = new HashMap<>();
        for (String given : call.texts("label")) {
            int equals = given.indexOf('=');
            if (equals < 1) {
                throw Problem.badParameter("label", given, "use name=value, several by giving label more than once");
            }
            labels.put(given.substring(0, equals), given.substring(equals + 1));
        }
        return labels;
    }
}
