package dev.weir.topology;

import dev.weir.schemas.RunState;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What happens to a partition's runs by the clock alone: counts are told, runs fall silent, stall, are lost, leave.
 * Made anew whenever the task starts. Confined to one stream task.
 */
final class Clockwork {
    private final TopologySettings settings;
    private final Buckets buckets;
    private final LiveRuns runs;
    private final Judge judge;

    Clockwork(TopologySettings settings, LiveRuns runs) {
        this.settings = settings;
        this.buckets = Buckets.of(settings);
        this.runs = runs;
        this.judge = new Judge(settings.heartbeat().toMillis());
    }

    /**
     * @param next offset after the last record processed here; -1 if there was none yet
     * @param end the partition's end as it was last seen
     */
    void tick(long now, long next, Lag.End end) {
        runs.tellCounts();
        Allowance allowance = new Allowance();
        runs.makeSure(allowance, now);
        if (judge.mayJudge(now, next, end)) {
            judge(now, allowance);
        }
    }

    private void judge(long now, Allowance allowance) {
        List<RunIndex.Entry> silent = new ArrayList<>();
        List<RunIndex.Entry> lost = new ArrayList<>();
        List<RunIndex.Entry> gone = new ArrayList<>();
        List<RunIndex.Entry> stalled = new ArrayList<>();
        runs.index.forEach(entry -> {
            if (buckets.left(entry.lastActivity, now)) {
                gone.add(entry);
            } else if (entry.open()
                    && entry.stalledAt != entry.lastLine
                    && Signals.stalled(now, entry.lastLine, entry.beats, entry.longestPause)) {
                stalled.add(entry);
            } else if (entry.open() && entry.state != RunState.LOST) {
                if (now - entry.lastActivity >= settings.lostAfter().toMillis()) {
                    lost.add(entry);
                } else if (entry.state != RunState.SILENT
                        && now - Math.max(entry.lastLine, entry.startedAt)
                                >= settings.silentAfter().toMillis()) {
                    silent.add(entry);
                }
            }
        });
        gone.forEach(entry -> runs.index.remove(entry.key));
        each(stalled, allowance, entry -> {
            entry.stalledAt = entry.lastLine;
            return stall(entry.key, now);
        });
        each(lost, allowance, entry -> declare(entry.key, RunState.LOST, now));
        each(silent, allowance, entry -> declare(entry.key, RunState.SILENT, now));
    }

    /** As many as a tick may; the others are found again by the next one. */
    private static void each(
            List<RunIndex.Entry> entries, Allowance allowance, Function<RunIndex.Entry, @Nullable RunModel> judge) {
        for (RunIndex.Entry entry : entries) {
            if (!allowance.more()) {
                return;
            }
            allowance.spend(judge.apply(entry));
        }
    }

    private @Nullable RunModel stall(String key, long now) {
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
        return run;
    }

    private @Nullable RunModel declare(String key, RunState state, long now) {
        RunModel run = runs.loaded(key, now);
        if (run != null) {
            Step step = runs.clockStep(run);
            LifeCycles.enter(step, state, now);
            runs.finish(step);
        }
        return run;
    }
}
