package dev.weir.topology;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Who wants to know when a run changes. Stream threads tell, any thread registers. */
final class Watchers {
    private final ConcurrentHashMap<String, List<Runnable>> byRun = new ConcurrentHashMap<>();

    RunReader.Watch add(String run, Runnable changed) {
        byRun.compute(run, (key, known) -> {
            List<Runnable> all = known == null ? new CopyOnWriteArrayList<>() : known;
            all.add(changed);
            return all;
        });
        return () -> byRun.computeIfPresent(run, (key, known) -> {
            known.remove(changed);
            return known.isEmpty() ? null : known;
        });
    }

    void changed(String run) {
        List<Runnable> all = byRun.get(run);
        if (all != null) {
            all.forEach(Runnable::run);
        }
    }
}
