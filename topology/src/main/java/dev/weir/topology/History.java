package dev.weir.topology;

import dev.weir.schemas.Baseline;
import dev.weir.schemas.BaselineKey;
import dev.weir.schemas.FleetKey;
import dev.weir.schemas.RunState;
import dev.weir.topology.rows.FactsRow;
import dev.weir.topology.rows.Ledger;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** What a run takes from those before it and leaves to those after it. Confined to one stream task. */
final class History {
    private final Baselines baselines;
    private final ReadOnlyKeyValueStore<Bytes, byte[]> store;
    private final FleetKeys fleet;
    private final Outbox outbox;

    History(Baselines baselines, ReadOnlyKeyValueStore<Bytes, byte[]> store, FleetKeys fleet, Outbox outbox) {
        this.baselines = baselines;
        this.store = store;
        this.fleet = fleet;
        this.outbox = outbox;
    }

    /** A run keeps to the baseline it started with, also when it is resumed. */
    void pin(RunModel run, long time) {
        if (run.baseline == null) {
            Baselines.key(run.key, run.facts)
                    .flatMap(key -> baselines.find(store, key, time))
                    .ifPresent(good -> run.baseline = Baselines.pin(good));
        }
    }

    /** Tells of a run what others will want to know of it, if it is time to. */
    void tell(Step step) {
        Ledger ledger = step.run.ledger;
        boolean over = step.statusChanged && (ledger.ended() || ledger.state == RunState.LOST);
        if (over || step.newBucket) {
            FleetKey key = Fleets.key(step.run.key, ledger, step.run.facts);
            fleet.leaveFor(key).forEach(leaving -> outbox.fleet(leaving, null, step.time));
            outbox.fleet(key, Fleets.of(step.run), step.time);
        }
        if (step.endedWell) {
            baseline(step.run, step.time);
        }
    }

    private void baseline(RunModel run, long time) {
        Baselines.key(run.key, run.facts).ifPresent(key -> {
            long before =
                    baselines.find(store, key, time).map(Baseline::getVersion).orElse(0L);
            outbox.baseline(key.toString(), baselines.of(run, key, Math.max(before + 1, time)), time);
        });
    }

    /** Takes back what a run has left to others, texts above all. */
    void forget(String run, Ledger ledger, FactsRow facts, long time) {
        Optional<BaselineKey> key = Baselines.key(run, facts);
        boolean itsOwn = key.flatMap(known -> baselines.find(store, known, Long.MIN_VALUE))
                .filter(good -> run.endsWith("/" + good.getRun()))
                .isPresent();
        if (itsOwn) {
            outbox.baseline(key.orElseThrow().toString(), null, time);
        }
        outbox.fleet(Fleets.key(run, ledger, facts), null, time);
    }
}
