package dev.weir.topology;

import dev.weir.schemas.RunSignal;
import dev.weir.schemas.RunStatus;
import dev.weir.topology.rows.FactsRow;
import dev.weir.topology.rows.Ledger;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A run's full state as {@code weir.runs} has it. */
final class RunStatuses {
    private RunStatuses() {}

    static RunStatus of(RunModel run) {
        Ledger ledger = run.ledger;
        FactsRow facts = run.facts;
        int slash = run.key.indexOf('/');
        return RunStatus.newBuilder()
                .setTenant(run.key.substring(0, slash))
                .setRun(run.key.substring(slash + 1))
                .setStatus(ledger.state)
                .setJob(facts.job)
                .setTitle(facts.title)
                .setProvider(facts.provider)
                .setHost(facts.host)
                .setGitBranch(facts.gitBranch)
                .setGitCommit(facts.gitCommit)
                .setCommand(facts.command)
                .setUser(facts.user)
                .setDirectory(facts.directory)
                .setCiJob(facts.ciJob)
                .setCiUrl(facts.ciUrl)
                .setLabels(facts.labels)
                .setStartedAt(instant(ledger.startedAt))
                .setEndedAt(instant(ledger.endedAt))
                .setDurationMillis(facts.durationMillis < 0 ? null : facts.durationMillis)
                .setLastActivity(Instant.ofEpochMilli(ledger.time))
                .setExitCode(ledger.exitCode)
                .setSignal(ledger.signal)
                .setReason(ledger.endReason)
                .setRead(ledger.read)
                .setCounted(ledger.counted)
                .setDropped(ledger.sumDropped())
                .setEvicted(ledger.evicted)
                .setRejected(ledger.sumRejected())
                .setDuplicates(ledger.duplicates)
                .setGaps(ledger.gaps)
                .setMissing(ledger.missing < 0 ? null : ledger.missing)
                .setTemplates(ledger.templates)
                .setSignals(facts.signals.stream().map(RunStatuses::signal).toList())
                .setAsOf(ledger.offset)
                .build();
    }

    private static RunSignal signal(FactsRow.Sign sign) {
        return RunSignal.newBuilder()
                .setKind(sign.kind())
                .setAt(Instant.ofEpochMilli(sign.at()))
                .setAsOf(sign.offset())
                .setTemplate(sign.template() < 0 ? null : sign.template())
                .setEvidence(sign.evidence())
                .build();
    }

    private static @Nullable Instant instant(long millis) {
        return millis == 0 ? null : Instant.ofEpochMilli(millis);
    }
}
