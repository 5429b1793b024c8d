package dev.weir.api.runs;

import dev.weir.snapshot.Snapshot;
import dev.weir.topology.RunView;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A run's status and accounting, from what the stores say to what an answer says. */
final class Facts {
    private Facts() {}

    static Snapshot.Run run(RunView view) {
        RunView.LifeCycle life = view.life();
        RunView.Facts facts = view.facts();
        return new Snapshot.Run(
                view.run(),
                status(view),
                facts.job(),
                facts.title(),
                facts.provider(),
                facts.host(),
                facts.gitBranch(),
                facts.labels(),
                boxed(life.startedAt()),
                boxed(life.endedAt()),
                boxed(facts.durationMillis()),
                life.lastActivity(),
                life.exitCode().isPresent() ? life.exitCode().getAsInt() : null,
                life.signal().orElse(null));
    }

    static String status(RunView view) {
        return view.life().state().name().toLowerCase(Locale.ROOT);
    }

    static Snapshot.Accounting accounting(RunView view) {
        dev.weir.topology.Accounting sum = view.accounting();
        return new Snapshot.Accounting(
                sum.read(),
                sum.counted(),
                sum.droppedLines(),
                sum.evicted(),
                sum.rejectedLines(),
                sum.duplicates(),
                sum.gaps(),
                sum.undecodable(),
                sum.missing().orElse(0),
                sum.pending());
    }

    /** Changes when status or accounting do; what merely waits in the partition is no news of the run. */
    static int hash(RunView view) {
        Snapshot.Accounting sum = accounting(view);
        return Objects.hash(
                view.life().state().name(),
                view.life().exitCode(),
                view.life().signal(),
                view.facts().title(),
                view.facts().labels(),
                sum.read(),
                sum.counted(),
                sum.dropped(),
                sum.evicted(),
                sum.rejected(),
                sum.duplicates(),
                sum.gaps(),
                sum.undecodable(),
                sum.missing(),
                view.signals().size());
    }

    static @Nullable Long boxed(OptionalLong number) {
        return number.isPresent() ? number.getAsLong() : null;
    }
}
