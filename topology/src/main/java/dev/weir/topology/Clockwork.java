package dev.weir.topology;

import dev.weir.schemas.RunState;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * What happens to a partition's runs by the clock alone: counts are told, runs fall silent, stall, are lost, leave.
 * Made anew whenever the task starts. Confined to one stream task.
 */
final class Clockwork {
    private static final int REVIVED_PER_TICK = 100;

    private final TopologySettings settings;
    private final Buckets buckets;
    private final LiveRuns runs;
    private final Judge judge;
    private final Deque<String> toRevive = new ArrayDeque<>();

    Clockwork(TopologySettings settings, LiveRuns runs) {
        this.settings = settings;
        this.buckets = Buckets.of(settings);
        this.runs = runs;
        this.judge = new Judge(settings.heartbeat().toMillis());
    }

    /** A run whose last counts may not have been told when the task stopped. */
    void revive(String key) {
        toRevive.add(key);
    }

    /**
     * @param next offset after the last record processed here; -1 if there was none yet
     * @param end the partition's end as it was last seen
     */
    void tick(long now, long next, Lag.End end) {
        runs.tellCounts();
        for (int i = 0; i < REVIVED_PER_TICK && !toRevive.isEmpty(); i++) {
            revive(toRevive.remove(), now);
        }
        if (judge.mayJudge(now, next, end)) {
            judge(now);
        }
    }

    private void judge(long now) {
        List<String> silent = new ArrayList<>();
        List<String> lost = new ArrayList<>();
        List<String> gone = new ArrayList<>();
        List<String> stalled = new ArrayList<>();
        runs.index.forEach(entry -> {
            if (buckets.left(entry.lastActivity, now)) {
                gone.add(entry.key);
            } else if (entry.open()
                    && entry.stalledAt != entry.lastLine
                    && Signals.stalled(now, entry.lastLine, entry.beats, entry.longestPause)) {
                entry.stalledAt = entry.lastLine;
                stalled.add(entry.key);
            } else if (entry.open() && entry.state != RunState.LOST) {
                if (now - entry.lastActivity >= settings.lostAfter().toMillis()) {
                    lost.add(entry.key);
                } else if (entry.state != RunState.SILENT
                        && now - Math.max(entry.lastLine, entry.startedAt)
                                >= settings.silentAfter().toMillis()) {
                    silent.add(entry.key);
                }
            }
        });
        gone.forEach(runs.index::remove);
        stalled.forEach(key -> stall(key, now));
        lost.forEach(key -> declare(key, RunState.LOST, now));
        silent.forEach(key -> declare(key, RunState.SILENT, now));
    }

    private void stall(String key, long now) {
        RunModel run = runs.loaded(key, now);
        if (run != null) {
            Step step = runs.clockStep(run);
            Signals.tell(
                    step,
                    Signals.STALL,
                    -1,
                    "no line for " + (now - run.ledger.lastLine) / 1000 + " s; never before more than "
                            + (run.ledger.longestPause + 999) / 1000 + " s");
            runs.finish(step);
        }
    }

    private void declare(String key, RunState state, long now) {
        RunModel run = runs.loaded(key, now);
        if (run != null) {
            Step step = runs.clockStep(run);
            LifeCycles.enter(step, state, now);
            runs.finish(step);
        }
    }

    /** Notes again what a throttled count may have kept back when the task stopped. */
    private void revive(String key, long now) {
        RunModel run = runs.loaded(key, now);
        if (run != null) {
            for (int id = 0; id < run.templateLimit(); id++) {
                if (run.lastOffset(id) > run.ledger.told) {
                    run.untold.set(id);
                }
            }
            runs.keep(run);
        }
    }
}
