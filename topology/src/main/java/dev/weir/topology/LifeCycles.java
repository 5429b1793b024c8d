package dev.weir.topology;

import dev.weir.schemas.Heartbeat;
import dev.weir.schemas.RunEnded;
import dev.weir.schemas.RunStarted;
import dev.weir.schemas.RunState;
import dev.weir.schemas.SourcePosition;
import dev.weir.topology.rows.FactsRow;
import dev.weir.topology.rows.Ledger;
import dev.weir.topology.rows.SourceRow;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the records beside the lines do to a run. */
final class LifeCycles {
    private LifeCycles() {}

    static void enter(Step step, RunState state, long since) {
        step.run.ledger.state = state;
        step.run.ledger.stateSince = since;
        step.statusChanged = true;
    }

    /** A run's start, or its resumption under the same id: then its end is taken back. */
    static void started(Step step, RunStarted started) {
        Ledger ledger = step.run.ledger;
        if (ledger.startedAt == 0) {
            ledger.startedAt = step.time;
        }
        ledger.epoch = Math.max(ledger.epoch, started.getEpoch());
        ledger.lastHeartbeat = step.time;
        ledger.endedAt = 0;
        ledger.endReason = null;
        ledger.exitCode = null;
        ledger.signal = null;
        enter(step, ledger.lastLine == 0 ? RunState.STARTED : RunState.RUNNING, step.time);
        FactsRow facts = step.run.facts;
        if (facts.producerStart == 0) {
            facts.producerStart = started.getStartedAt().toEpochMilli();
        }
        facts.durationMillis = -1;
        facts.command = started.getCommand();
        facts.title = started.getTitle();
        facts.job = started.getJob();
        facts.provider = started.getProvider();
        facts.host = started.getHost();
        facts.user = started.getUser();
        facts.directory = started.getDirectory();
        facts.gitCommit = started.getGitCommit();
        facts.gitBranch = started.getGitBranch();
        facts.ciJob = started.getCiJob();
        facts.ciUrl = started.getCiUrl();
        facts.labels = started.getLabels();
        Map<String, String> masks = new HashMap<>();
        started.getMasks().forEach(mask -> masks.put(mask.getName(), mask.getPattern()));
        // The miner follows them from the next record on, as it would after a restart.
        step.rebuild |= !masks.equals(facts.masks) || !started.getFormat().equals(facts.format);
        facts.format = started.getFormat();
        facts.masks = masks;
        step.run.factsChanged = true;
    }

    static void ended(Step step, RunEnded ended) {
        Ledger ledger = step.run.ledger;
        positions(step, ended.getSources());
        ledger.epoch = Math.max(ledger.epoch, ended.getEpoch());
        ledger.endedAt = step.time;
        ledger.endReason = ended.getReason();
        ledger.exitCode = ended.getExitCode();
        ledger.signal = ended.getSignal();
        enter(step, outcome(ended), step.time);
        if (step.run.facts.producerStart != 0) {
            long duration = ended.getEndedAt().toEpochMilli() - step.run.facts.producerStart;
            step.run.facts.durationMillis = Math.max(-1, duration);
            step.run.factsChanged = true;
        }
        Turning.keepSlots(step);
    }

    private static RunState outcome(RunEnded ended) {
        Integer code = ended.getExitCode();
        if (ended.getSignal() != null || ended.getReason().equals("signal")) {
            return RunState.CANCELLED;
        }
        if (ended.getReason().equals("timeout")) {
            return RunState.FAILED;
        }
        return code == null || code == 0 ? RunState.COMPLETED : RunState.FAILED;
    }

    static void heartbeat(Step step, Heartbeat heartbeat, long silentAfter) {
        Ledger ledger = step.run.ledger;
        positions(step, heartbeat.getSources());
        ledger.epoch = Math.max(ledger.epoch, heartbeat.getEpoch());
        ledger.lastHeartbeat = step.time;
        if (step.time - ledger.startedAt < Buckets.MINUTE) {
            // No minute has ended yet that would have kept them, and a reader wants values now.
            Turning.keepSlots(step);
        }
        if (ledger.state == RunState.LOST || ledger.state == RunState.UNKNOWN) {
            boolean silent = ledger.lastLine != 0 && step.time - ledger.lastLine >= silentAfter;
            enter(
                    step,
                    silent ? RunState.SILENT : ledger.lastLine == 0 ? RunState.STARTED : RunState.RUNNING,
                    step.time);
        }
    }

    private static void positions(Step step, List<SourcePosition> positions) {
        Ledger ledger = step.run.ledger;
        for (SourcePosition position : positions) {
            if (!step.run.hasRoomFor(position.getSource())) {
                continue;
            }
            SourceRow source = step.run.sources.computeIfAbsent(position.getSource(), name -> {
                ledger.sources++;
                return new SourceRow(name);
            });
            long before = source.missing();
            if (source.stream.isEmpty()) {
                source.stream = position.getStream().isEmpty() ? position.getSource() : position.getStream();
            }
            if (!position.getLabels().isEmpty()) {
                source.labels = position.getLabels();
            }
            if (position.getNextSeq() > source.edgeNextSeq) {
                source.edgeNextSeq = position.getNextSeq();
                step.sources.add(source);
            }
            ledger.missing = Math.max(0, ledger.missing) + source.missing() - before;
        }
    }
}
