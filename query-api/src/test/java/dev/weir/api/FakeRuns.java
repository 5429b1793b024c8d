package dev.weir.api;

import dev.weir.topology.Extent;
import dev.weir.topology.Fleet;
import dev.weir.topology.LocalRuns;
import dev.weir.topology.Placement;
import dev.weir.topology.Reading;
import dev.weir.topology.RunReader;
import dev.weir.topology.RunView;
import dev.weir.topology.Stale;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Stores that hold what a test put there. */
public final class FakeRuns implements RunReader {
    private final Map<String, RunView> runs = new ConcurrentHashMap<>();
    private final Map<String, Reading<RunView>> others = new ConcurrentHashMap<>();
    private final Map<String, Stale> copies = new ConcurrentHashMap<>();
    private final Map<String, Fleet> fleets = new ConcurrentHashMap<>();
    private final Map<String, List<Runnable>> watches = new ConcurrentHashMap<>();
    private volatile Placement placement =
            new Placement(1, Map.of(0, new Placement.Server("127.0.0.1", 1)), Set.of(0), Map.of());

    public void clear() {
        runs.clear();
        others.clear();
        watches.clear();
        copies.clear();
        fleets.clear();
        placement = new Placement(1, Map.of(0, new Placement.Server("127.0.0.1", 1)), Set.of(0), Map.of());
    }

    int watches(String tenant, String run) {
        return watches.getOrDefault(tenant + "/" + run, List.of()).size();
    }

    void awaitWatch(String tenant, String run) {
        dev.weir.embedded.Await.until("a watch", () -> watches(tenant, run) > 0);
    }

    public void put(RunView view) {
        runs.put(view.tenant() + "/" + view.run(), view);
        watches.getOrDefault(view.tenant() + "/" + view.run(), List.of()).forEach(Runnable::run);
    }

    public void put(String tenant, String run, Reading<RunView> reading) {
        others.put(tenant + "/" + run, reading);
    }

    public void place(Placement other) {
        placement = other;
    }

    @Override
    public LocalRuns runs(String tenant, long before, int limit) {
        return new LocalRuns(
                runs.values().stream()
                        .filter(view ->
                                view.tenant().equals(tenant) && view.life().lastActivity() < before)
                        .sorted(Comparator.comparingLong(
                                        (RunView view) -> view.life().lastActivity())
                                .reversed())
                        .limit(limit)
                        .toList(),
                List.copyOf(placement.here()));
    }

    @Override
    public Reading<RunView> run(String tenant, String run, Extent extent) {
        Reading<RunView> other = others.get(tenant + "/" + run);
        if (other != null) {
            return other;
        }
        RunView view = runs.get(tenant + "/" + run);
        return view == null ? new Reading.Absent<>() : new Reading.Found<>(cut(view, extent));
    }

    private static RunView cut(RunView view, Extent extent) {
        List<RunView.Template> templates = view.templates().stream()
                .filter(template ->
                        extent.template().isEmpty() || extent.template().getAsInt() == template.id())
                .filter(template -> extent.after() < 0
                        ? template.live()
                        : template.last().offset() > extent.after() || template.changedAt() > extent.after())
                .toList();
        return new RunView(
                view.tenant(),
                view.run(),
                view.asOf(),
                view.life(),
                view.facts(),
                view.accounting(),
                view.templateCount(),
                view.signals(),
                view.sources(),
                extent.templates() ? templates : List.of());
    }

    /** What a standby has of a run. */
    void putCopy(RunView view, long behind) {
        copies.put(view.tenant() + "/" + view.run(), new Stale(view, behind));
    }

    @Override
    public Reading<Stale> stale(String tenant, String run, Extent extent) {
        Stale copy = copies.get(tenant + "/" + run);
        return copy == null ? new Reading.Absent<>() : new Reading.Found<>(copy);
    }

    @Override
    public Fleet fleet(String tenant, String job) {
        return fleets.getOrDefault(tenant + "/" + job, new Fleet(tenant, job, List.of()));
    }

    void putFleet(Fleet fleet) {
        fleets.put(fleet.tenant() + "/" + fleet.job(), fleet);
    }

    @Override
    public Watch watch(String tenant, String run, Runnable changed) {
        List<Runnable> all = watches.computeIfAbsent(tenant + "/" + run, key -> new CopyOnWriteArrayList<>());
        all.add(changed);
        return () -> all.remove(changed);
    }

    @Override
    public Placement placement() {
        return placement;
    }
}
