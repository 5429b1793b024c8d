package dev.weir.api.runs;

import dev.weir.api.http.Call;
import dev.weir.api.http.Route;
import dev.weir.api.http.Scope;
import dev.weir.snapshot.JsonWriter;
import dev.weir.topology.Extent;
import dev.weir.topology.RunView;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * {@code GET …/volume}: how many lines arrived in each step of time, by level, for a chart. Minutes are kept with the
 * templates, and a long window has steps of several; of a short one with few lines the lines themselves are read, for
 * steps of seconds.
 */
public final class VolumeRoute {
    private static final long MINUTE = 60_000;
    private static final int MOST_STEPS = 1_440;
    private static final int FINE_STEPS = 120;
    private static final long FINE_WINDOW = 15 * MINUTE;
    /** Lines that may be read for it: of a run that is going on, again and again. */
    private static final long FINE_LINES_LIVE = 50_000;

    private static final long FINE_LINES_OVER = 400_000;
    private static final int FINE_BYTES = 64 << 20;
    private static final long[] FINE = {1_000, 2_000, 5_000, 10_000, 15_000, 30_000};

    private final RunLookup runs;
    private final RawLines raw;
    private final Clock clock;

    public VolumeRoute(RunLookup runs, RawLines raw, Clock clock) {
        this.runs = runs;
        this.raw = raw;
        this.clock = clock;
    }

    public Route route() {
        return Route.get("/v1/runs/{run}/volume", Scope.READ, List.of("window", "from", "to", "steps"), this::volume);
    }

    private void volume(Call call) {
        long now = clock.millis();
        int most = (int) call.number("steps", 240, 1, MOST_STEPS);
        long given = call.start(now).orElse(0L);
        Optional<Long> to = call.moment("to", now);
        RunView status = runs.find(call.tenant(), call.run(), Extent.status());
        call.json(fine(status, given, to.orElse(now), most)
                .orElseGet(() -> coarse(call, status.life(), given, to, most)));
    }

    private Optional<JsonWriter> fine(RunView view, long given, long to, int most) {
        RunView.LifeCycle life = view.life();
        long begin = Math.max(given, life.firstActivity());
        long end = Math.min(to, life.lastActivity() + 1);
        long lines = Until.OVER.contains(life.state()) ? FINE_LINES_OVER : FINE_LINES_LIVE;
        if (end - begin > FINE_WINDOW || view.accounting().counted() > lines) {
            return Optional.empty();
        }
        if (end <= begin) {
            // Before it began, or after its last line.
            return Optional.of(json(view.run(), begin, FINE[0], 1, Map.of()));
        }
        for (long step : FINE) {
            long first = begin / step * step;
            long steps = Math.max(1, (end - first + step - 1) / step);
            if (steps <= Math.min(most, FINE_STEPS)) {
                return raw.volume(view, first, step, (int) steps, FINE_BYTES)
                        .map(levels -> json(view.run(), first, step, (int) steps, levels));
            }
        }
        return Optional.empty();
    }

    private JsonWriter coarse(Call call, RunView.LifeCycle life, long given, Optional<Long> to, int most) {
        long end = Math.min(clock.millis(), to.orElse(life.lastActivity() + MINUTE));
        long first = Math.max(given, life.firstActivity()) / MINUTE * MINUTE;
        long minutes = Math.max(1, (end - first + MINUTE - 1) / MINUTE);
        long step = (minutes + most - 1) / most * MINUTE;
        int steps = (int) ((minutes * MINUTE + step - 1) / step);
        RunView view = runs.find(
                call.tenant(), call.run(), Extent.all(Math.max(1, first)).withoutSlots());
        Map<String, long[]> levels = new TreeMap<>();
        for (RunView.Template template : view.templates()) {
            for (RunView.Tally tally : template.tallies()) {
                long at = (tally.minute() - first) / step;
                if (template.live() && tally.minute() >= first && tally.minute() < end && at < steps) {
                    levels.computeIfAbsent(template.level(), fresh -> new long[steps])[(int) at] += tally.lines();
                }
            }
        }
        return json(view.run(), first, step, steps, levels);
    }

    private static JsonWriter json(String run, long first, long step, int steps, Map<String, long[]> levels) {
        long[] all = new long[steps];
        levels.values().forEach(counts -> Arrays.setAll(all, at -> all[at] + counts[at]));
        JsonWriter json = new JsonWriter().object().field("run", run);
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
