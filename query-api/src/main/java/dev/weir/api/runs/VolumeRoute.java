package dev.weir.api.runs;

import dev.weir.api.http.Call;
import dev.weir.api.http.Problem;
import dev.weir.api.http.Route;
import dev.weir.api.http.Scope;
import dev.weir.snapshot.JsonWriter;
import dev.weir.topology.Extent;
import dev.weir.topology.RunView;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * {@code GET …/volume}: how many lines arrived in each minute, by level, for a chart. Steps are whole minutes; a long window
 * has longer ones, so that the answer stays small.
 */
public final class VolumeRoute {
    private static final long MINUTE = 60_000;
    private static final int MOST_STEPS = 1_440;

    private final RunLookup runs;
    private final Clock clock;

    public VolumeRoute(RunLookup runs, Clock clock) {
        this.runs = runs;
        this.clock = clock;
    }

    public Route route() {
        return Route.get("/v1/runs/{run}/volume", Scope.READ, List.of("window", "from", "to", "steps"), this::volume);
    }

    private void volume(Call call) {
        long now = clock.millis();
        int most = (int) call.number("steps", 240, 1, MOST_STEPS);
        Optional<Long> given = from(call, now);
        RunView.LifeCycle life =
                runs.find(call.tenant(), call.run(), Extent.status()).life();
        long end = call.moment("to", now).orElse(Math.min(now, life.lastActivity() + MINUTE));
        long first = Math.max(given.orElse(0L), life.firstActivity()) / MINUTE * MINUTE;
        long minutes = Math.max(1, (end - first + MINUTE - 1) / MINUTE);
        long step = (minutes + most - 1) / most * MINUTE;
        int steps = (int) ((minutes * MINUTE + step - 1) / step);
        RunView view = runs.find(
                call.tenant(), call.run(), Extent.all(Math.max(1, first)).withoutSlots());
        call.json(json(view, first, step, steps));
    }

    private static Optional<Long> from(Call call, long now) {
        Optional<Long> from = call.moment("from", now);
        Optional<Duration> window = call.duration("window");
        if (from.isPresent() && window.isPresent()) {
            throw Problem.badParameter("window", call.text("window").orElse(""), "use window or from, not both");
        }
        long end = call.moment("to", now).orElse(now);
        return window.map(length -> end - length.toMillis()).or(() -> from);
    }

    private static JsonWriter json(RunView view, long first, long step, int steps) {
        Map<String, long[]> levels = new TreeMap<>();
        long[] all = new long[steps];
        for (RunView.Template template : view.templates()) {
            for (RunView.Tally tally : template.tallies()) {
                long at = (tally.minute() - first) / step;
                if (template.live() && tally.minute() >= first && at < steps) {
                    all[(int) at] += tally.lines();
                    levels.computeIfAbsent(template.level(), fresh -> new long[steps])[(int) at] += tally.lines();
                }
            }
        }
        JsonWriter json = new JsonWriter().object().field("run", view.run());
        json.time("start", first).field("stepSeconds", step / 1_000).field("basis", "arrival");
        counts(json, "lines", all);
        json.name("levels").object();
        levels.forEach((level, counts) -> counts(json, level, counts));
        return json.endObject().endObject();
    }

    private static void counts(JsonWriter json, String name, long[] counts) {
        json.name(name).array();
        for (long count : counts) {
            json.value(count);
        }
        json.endArray();
    }
}
