package dev.weir.api.runs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.api.http.Call;
import dev.weir.api.http.Problem;
import dev.weir.snapshot.JsonWriter;
import dev.weir.topology.LocalRuns;
import dev.weir.topology.Placement;
import dev.weir.topology.RunReader;
import dev.weir.topology.RunView;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
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
public final class RunList {
    static final List<String> PARAMETERS = List.of("job", "status", "label", "since", "limit", "cursor");
    private static final List<String> FILTERS = List.of("job", "status", "label", "since");
    private static final int MOST = 1_000;
    private static final int SAME_MOMENT = 200;

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

    /** Asks other servers for their runs. */
    public interface Peers {
        /** Their answers to the same question; a server that does not answer is left out. */
        List<JsonNode> ask(Call call, Placement placement);
    }

    static byte[] answer(Call call, RunReader reader, long now, Peers peers) {
        int limit = (int) call.number("limit", 50, 1, MOST);
        Predicate<RunView> wanted = wanted(call, now);
        Place after = call.text("cursor").map(Place::parse).orElse(new Place(Long.MAX_VALUE, ""));
        long before = after.activity() == Long.MAX_VALUE ? Long.MAX_VALUE : after.activity() + 1;
        // Without filters a page is enough, and what was last active in the very millisecond the page before ended in.
        boolean filtered = FILTERS.stream().anyMatch(name -> !call.texts(name).isEmpty());
        boolean cursor = after.activity() != Long.MAX_VALUE;
        LocalRuns local =
                reader.runs(call.tenant(), before, filtered ? Integer.MAX_VALUE : limit + (cursor ? SAME_MOMENT : 1));
        List<Row> rows = new ArrayList<>();
        for (RunView view : local.runs()) {
            if (after.isBefore(view) && wanted.test(view)) {
                JsonWriter json = new JsonWriter();
                RunJson.brief(json, view);
                rows.add(new Row(view.life().lastActivity(), view.run(), json.toBytes()));
            }
        }
        Placement placement = reader.placement();
        TreeSet<Integer> answered = new TreeSet<>(local.partitions());
        boolean more = rows.size() > limit;
        for (JsonNode peer : peers.ask(call, placement)) {
            peer.path("runs").forEach(run -> rows.add(Row.of(run)));
            peer.path("partitions").forEach(partition -> answered.add(partition.asInt()));
            more |= peer.has("cursor");
        }
        rows.sort(Comparator.comparingLong(Row::activity).reversed().thenComparing(Row::run));
        return json(rows, limit, more || rows.size() > limit, placement.partitions(), answered);
    }

    /** One run, written, with what orders it. */
    private record Row(long activity, String run, byte[] json) {
        static Row of(JsonNode run) {
            return new Row(
                    Instant.parse(run.get("lastActivity").asText()).toEpochMilli(),
                    run.get("id").asText(),
                    run.toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    private static byte[] json(List<Row> rows, int limit, boolean more, int partitions, TreeSet<Integer> answered) {
        List<Row> page = rows.subList(0, Math.min(limit, rows.size()));
        JsonWriter json = new JsonWriter().object().name("runs").array();
        page.forEach(row -> json.json(row.json()));
        json.endArray();
        if (more && !page.isEmpty()) {
            Row last = page.get(page.size() - 1);
            json.field("cursor", new Place(last.activity(), last.run()).text());
        }
        TreeSet<Integer> unanswered = new TreeSet<>();
        for (int partition = 0; partition < partitions; partition++) {
            if (!answered.contains(partition)) {
                unanswered.add(partition);
            }
        }
        json.field("complete", unanswered.isEmpty());
        json.name("partitions").array();
        answered.forEach(json::value);
        json.endArray().name("unansweredPartitions").array();
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
