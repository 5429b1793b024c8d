package dev.weir.topology;

import dev.weir.schemas.Baseline;
import dev.weir.schemas.BaselineKey;
import dev.weir.schemas.RunKey;
import dev.weir.schemas.WakeState;
import dev.weir.topology.rows.Ledger;
import dev.weir.topology.rows.RowKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.kstream.Windowed;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyWindowStore;
import org.jspecify.annotations.Nullable;

/** Answers from the rows of this server's partitions. */
final class StoreReader implements RunReader {
    /** Where partitions are, and the stores of those that are here. */
    interface Stores {
        Placement placement();

        /** Where a key's partition is: found here, elsewhere, or restoring; never absent. */
        Reading<Local> of(String key);

        /** Where a key's partition is if its store, found a moment ago, has gone. */
        <T> Reading<T> away(String key);

        /** A key's partition as this server has it, if only as a standby copy. */
        Optional<Standby> copyOf(String key);

        /** The baselines of all jobs; empty until they have been read. */
        Optional<ReadOnlyKeyValueStore<Bytes, byte[]>> baselines();

        /** The last runs of all jobs; empty until they have been read. */
        Optional<ReadOnlyKeyValueStore<Bytes, byte[]>> fleet();

        /** Every partition's store that can be read here. */
        List<Local> all();
    }

    /** One partition's rows. */
    record Local(int partition, ReadOnlyWindowStore<Bytes, byte[]> rows, ReadOnlyKeyValueStore<String, byte[]> wakes) {}

    /** A copy of one partition's rows, and how many rows it has yet to take over. */
    record Standby(Local local, long behind) {}

    private static final int STALE_TRIES = 20;
    private static final long STALE_PAUSE_NANOS = 5_000_000;

    private final Stores stores;
    private final KnownTemplates known = new KnownTemplates();
    private final Shared shared;
    private final Buckets buckets;
    private final RunViews views;
    private final LongSupplier clock;
    private final WakeReader wakes;
    /** Made for every reading: what decodes is not safe for several threads. */
    private final Supplier<Baselines> baselines;

    private final FleetReader fleet;

    StoreReader(
            Stores stores,
            Shared shared,
            Buckets buckets,
            LongSupplier clock,
            Supplier<WakeValues> wakeValues,
            Supplier<Baselines> baselines,
            Supplier<Fleets> fleets) {
        this.wakes = new WakeReader(stores, wakeValues);
        this.baselines = baselines;
        this.stores = stores;
        this.shared = shared;
        this.buckets = buckets;
        this.views = new RunViews(buckets, known);
        this.clock = clock;
        this.fleet = new FleetReader(stores::fleet, shared.fleet(), fleets, clock);
    }

    @Override
    public Fleet fleet(String tenant, String job) {
        return fleet.job(tenant, job);
    }

    @Override
    public List<Fleet.Seen> seen(String tenant, long fingerprint) {
        return fleet.seen(tenant, fingerprint);
    }

    @Override
    public Placement placement() {
        return stores.placement();
    }

    @Override
    public Watch watch(String tenant, String run, Runnable changed) {
        return shared.watchers().add(new RunKey(tenant, run).toString(), changed);
    }

    @Override
    public Reading<List<WakeState>> wakes(String tenant, String run) {
        return wakes.ofRun(new RunKey(tenant, run).toString());
    }

    @Override
    public List<WakeState> dueWakes(String tenant, int limit) {
        return wakes.due(RunKey.requireName("tenant", tenant), limit);
    }

    @Override
    public Optional<Baseline> baseline(String tenant, String job, String branch) {
        BaselineKey key = new BaselineKey(tenant, job, branch);
        return stores.baselines().flatMap(store -> baselines.get().find(store, key, clock.getAsLong()));
    }

    @Override
    public Reading<RunView> run(String tenant, String run, Extent extent) {
        String key = new RunKey(tenant, run).toString();
        return stores.of(key)
                .fold(
                        here -> read(here, key, extent),
                        Reading.Absent::new,
                        elsewhere -> new Reading.Elsewhere<>(elsewhere.host(), elsewhere.port()),
                        restoring -> new Reading.Restoring<>(restoring.percent()));
    }

    private Reading<RunView> read(Local here, String key, Extent extent) {
        long now = clock.getAsLong();
        RunCopy copy;
        try {
            KnownTemplates.Run before = extent.templates() ? known.find(key) : null;
            copy = shared.locks()
                    .read(
                            key,
                            () -> RunCopy.of(
                                    here.rows(),
                                    key,
                                    extent,
                                    buckets,
                                    now,
                                    before,
                                    shared.locks().version(key)));
        } catch (InvalidStateStoreException moved) {
            return stores.away(key);
        }
        return view(here, key, copy, extent, now)
                .<Reading<RunView>>map(Reading.Found::new)
                .orElseGet(Reading.Absent::new);
    }

    private Optional<RunView> view(Local here, String key, @Nullable RunCopy copy, Extent extent, long now) {
        if (copy == null || copy.ledger.gone || buckets.left(copy.ledger.lastActivity, now)) {
            return Optional.empty();
        }
        return Optional.of(
                views.view(key, here.partition(), copy, extent, shared.lag().pending(here.partition()), now));
    }

    @Override
    public Reading<Stale> stale(String tenant, String run, Extent extent) {
        String key = new RunKey(tenant, run).toString();
        return stores.copyOf(key).map(here -> stale(here, key, extent)).orElseGet(() -> stores.away(key));
    }

    /** A standby takes rows over in no run's lock: what it has may be half a batch, and shows by its stamps. */
    private Reading<Stale> stale(Standby here, String key, Extent extent) {
        try {
            for (int i = 0; i < STALE_TRIES; i++) {
                long now = clock.getAsLong();
                RunCopy copy = shared.locks().read(key, () -> RunCopy.of(here.local.rows(), key, extent, buckets, now));
                if (copy == null || copy.isWhole()) {
                    return view(here.local, key, copy, extent, now)
                            .<Reading<Stale>>map(view -> new Reading.Found<>(new Stale(view, here.behind)))
                            .orElseGet(Reading.Absent::new);
                }
                LockSupport.parkNanos(STALE_PAUSE_NANOS);
            }
        } catch (InvalidStateStoreException moved) {
            return stores.away(key);
        }
        return new Reading.Restoring<>(0);
    }

    @Override
    public LocalRuns runs(String tenant, long before, int limit) {
        RunKey.requireName("tenant", tenant);
        long now = clock.getAsLong();
        List<Listed> found = new ArrayList<>();
        Set<Integer> answered = new TreeSet<>();
        for (Local here : stores.all()) {
            try {
                found.addAll(ledgers(here, tenant, before, now));
                answered.add(here.partition());
            } catch (InvalidStateStoreException moved) {
                // Left out of the partitions that answered: the caller sees that.
                continue;
            }
        }
        found.sort(Comparator.comparingLong((Listed one) -> one.lastActivity)
                .reversed()
                .thenComparing(Listed::key));
        List<RunView> newest = new ArrayList<>();
        // Of thousands of runs only those that are shown are looked at closer.
        for (Listed one : found.subList(0, Math.min(limit, found.size()))) {
            try {
                RunCopy copy = shared.locks().read(one.key, () -> listed(one.here.rows(), one.key));
                if (copy != null) {
                    int partition = one.here.partition();
                    long pending = shared.lag().pending(partition);
                    newest.add(views.view(one.key, partition, copy, Extent.status(), pending, now));
                }
            } catch (InvalidStateStoreException moved) {
                answered.remove(one.here.partition());
            }
        }
        newest.sort(Comparator.comparingLong((RunView run) -> run.life().lastActivity())
                .reversed()
                .thenComparing(RunView::run));
        return new LocalRuns(newest, List.copyOf(answered));
    }

    /** A run that may be listed, by its newest ledger. */
    private record Listed(Local here, String key, long lastActivity) {}

    private List<Listed> ledgers(Local here, String tenant, long before, long now) {
        Map<Bytes, byte[]> rows = new HashMap<>();
        try (KeyValueIterator<Windowed<Bytes>, byte[]> ledgers = here.rows()
                .fetch(
                        RowKey.firstLedger(tenant),
                        RowKey.lastLedger(tenant),
                        Times.instant(0),
                        Times.instant(Times.LAST))) {
            ledgers.forEachRemaining(row -> rows.put(row.key.key(), row.value));
        }
        List<Listed> found = new ArrayList<>();
        rows.forEach((key, row) -> {
            Ledger ledger = Ledger.unpack(row);
            if (!ledger.gone && ledger.lastActivity < before && !buckets.left(ledger.lastActivity, now)) {
                found.add(new Listed(here, RowKey.run(key), ledger.lastActivity));
            }
        });
        return found;
    }

    private static @Nullable RunCopy listed(ReadOnlyWindowStore<Bytes, byte[]> rows, String key) {
        RunCopy copy = RunCopy.ledger(rows, key);
        if (copy != null) {
            copy.facts();
        }
        return copy;
    }
}
