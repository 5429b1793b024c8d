package dev.weir.topology;

import dev.weir.schemas.Baseline;
import dev.weir.schemas.BaselineKey;
import dev.weir.schemas.RunKey;
import dev.weir.schemas.WakePhase;
import dev.weir.schemas.WakeState;
import dev.weir.topology.rows.Ledger;
import dev.weir.topology.rows.Page;
import dev.weir.topology.rows.RowKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
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

        /** The baselines of all jobs; empty until they have been read. */
        Optional<ReadOnlyKeyValueStore<Bytes, byte[]>> baselines();

        /** The last runs of all jobs; empty until they have been read. */
        Optional<ReadOnlyKeyValueStore<Bytes, byte[]>> fleet();

        /** Every partition's store that can be read here. */
        List<Local> all();
    }

    /** One partition's rows. */
    record Local(int partition, ReadOnlyWindowStore<Bytes, byte[]> rows, ReadOnlyKeyValueStore<String, byte[]> wakes) {}

    private final Stores stores;
    private final Shared shared;
    private final Buckets buckets;
    private final RunViews views;
    private final LongSupplier clock;
    /** Made for every reading: what decodes is not safe for several threads. */
    private final Supplier<WakeValues> wakeValues;

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
        this.wakeValues = wakeValues;
        this.baselines = baselines;
        this.stores = stores;
        this.shared = shared;
        this.buckets = buckets;
        this.views = new RunViews(buckets);
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
        String key = new RunKey(tenant, run).toString();
        return stores.of(key)
                .fold(
                        here -> {
                            try {
                                return new Reading.Found<>(wakes(here, key + "/", Integer.MAX_VALUE, any -> true));
                            } catch (InvalidStateStoreException moved) {
                                return stores.away(key);
                            }
                        },
                        Reading.Absent::new,
                        elsewhere -> new Reading.Elsewhere<>(elsewhere.host(), elsewhere.port()),
                        restoring -> new Reading.Restoring<>(restoring.percent()));
    }

    @Override
    public List<WakeState> dueWakes(String tenant, int limit) {
        RunKey.requireName("tenant", tenant);
        List<WakeState> due = new ArrayList<>();
        for (Local here : stores.all()) {
            try {
                due.addAll(wakes(here, tenant + "/", limit, wake -> wake.getPhase() == WakePhase.DUE));
            } catch (InvalidStateStoreException moved) {
                // Its new server answers for it.
                continue;
            }
        }
        due.sort(Comparator.comparing(WakeState::getRunAt));
        return due.subList(0, Math.min(limit, due.size()));
    }

    private List<WakeState> wakes(Local here, String prefix, int limit, Predicate<WakeState> wanted) {
        WakeValues values = wakeValues.get();
        List<WakeState> found = new ArrayList<>();
        // The slash's successor: after every key that begins with the prefix.
        String end = prefix.substring(0, prefix.length() - 1) + (char) ('/' + 1);
        try (KeyValueIterator<String, byte[]> all = here.wakes().range(prefix, end)) {
            while (all.hasNext() && found.size() < limit) {
                KeyValue<String, byte[]> one = all.next();
                if (one.key.startsWith(prefix) && !WakeValues.isIdempotency(one.key)) {
                    WakeState wake = values.read(one.value);
                    if (wanted.test(wake)) {
                        found.add(wake);
                    }
                }
            }
        }
        found.sort(Comparator.comparing(WakeState::getRunAt));
        return found;
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
            copy = shared.locks().read(key, () -> copy(here.rows(), key, extent, now));
        } catch (InvalidStateStoreException moved) {
            return stores.away(key);
        }
        if (copy == null || copy.ledger.gone || buckets.left(copy.ledger.lastActivity, now)) {
            return new Reading.Absent<>();
        }
        return new Reading.Found<>(
                views.view(key, here.partition(), copy, extent, shared.lag().pending(here.partition()), now));
    }

    /** What happens while no writer may; see {@link RunLocks#read}. */
    private @Nullable RunCopy copy(ReadOnlyWindowStore<Bytes, byte[]> rows, String key, Extent extent, long now) {
        RunCopy copy = RunCopy.ledger(rows, key);
        if (copy == null) {
            return null;
        }
        Ledger ledger = copy.ledger;
        copy.facts();
        boolean unchanged = extent.after() >= ledger.offset;
        if (extent.after() < 0) {
            copy.sources(buckets);
        }
        // A run that enters no bucket any more leaves the sum of what has left to its readers.
        boolean idle = buckets.start(now) > buckets.start(ledger.lastActivity);
        if (idle || extent.templates() && !(unchanged && extent.template().isEmpty())) {
            copy.counts(buckets, extent.to());
            tallies(copy, extent);
            templates(copy, extent, idle);
        }
        return copy;
    }

    private static void tallies(RunCopy copy, Extent extent) {
        long minute = copy.ledger.minute;
        boolean now = extent.to() > minute;
        long from = Math.min(Buckets.minute(extent.from()), minute);
        if (!extent.templates()) {
            copy.tallies(minute, minute);
        } else if (now) {
            copy.tallies(extent.from() == 0 ? minute : from, minute);
        } else {
            copy.tallies(Math.max(0, Math.min(extent.from(), extent.to() - Buckets.HOUR)), extent.to() + Buckets.HOUR);
        }
    }

    private static void templates(RunCopy copy, Extent extent, boolean idle) {
        if (extent.template().isPresent()) {
            int id = extent.template().getAsInt();
            copy.templates(List.of(id));
            if (extent.slots()) {
                copy.slots(id);
            }
        } else if (idle || extent.after() < 0 || copy.ledger.changed > extent.after()) {
            copy.templates();
            if (extent.slots()) {
                copy.slots();
            }
        } else {
            Set<Integer> seen = seen(copy, extent.after());
            copy.templates(seen);
            if (extent.slots()) {
                seen.forEach(copy::slots);
            }
        }
    }

    /** Templates seen after an offset. Those that were merged since are known by {@code changed}. */
    private static Set<Integer> seen(RunCopy copy, long after) {
        Set<Integer> seen = new TreeSet<>();
        RunViews.counts(copy, Long.MAX_VALUE).forEach((number, page) -> {
            for (int slot = 0; slot < page.limit(); slot++) {
                if (page.lines(slot) != 0 && page.lastOffset(slot) > after) {
                    seen.add(number * Page.SIZE + slot);
                }
            }
        });
        return seen;
    }

    @Override
    public LocalRuns runs(String tenant, long before, int limit) {
        RunKey.requireName("tenant", tenant);
        long now = clock.getAsLong();
        List<RunView> newest = new ArrayList<>();
        List<Integer> answered = new ArrayList<>();
        for (Local here : stores.all()) {
            try {
                newest.addAll(runs(here, tenant, before, limit, now));
                answered.add(here.partition());
            } catch (InvalidStateStoreException moved) {
                // Left out of the partitions that answered: the caller sees that.
                continue;
            }
        }
        newest.sort(Comparator.comparingLong((RunView run) -> run.life().lastActivity())
                .reversed()
                .thenComparing(RunView::run));
        return new LocalRuns(newest.subList(0, Math.min(limit, newest.size())), answered);
    }

    private List<RunView> runs(Local here, String tenant, long before, int limit, long now) {
        Map<Bytes, byte[]> rows = new HashMap<>();
        try (KeyValueIterator<Windowed<Bytes>, byte[]> ledgers = here.rows()
                .fetch(
                        RowKey.firstLedger(tenant),
                        RowKey.lastLedger(tenant),
                        Times.instant(0),
                        Times.instant(Long.MAX_VALUE))) {
            ledgers.forEachRemaining(row -> rows.put(row.key.key(), row.value));
        }
        record Found(String key, Ledger ledger) {}
        List<Found> found = new ArrayList<>();
        rows.forEach((key, row) -> {
            Ledger ledger = Ledger.unpack(row);
            if (!ledger.gone && ledger.lastActivity < before && !buckets.left(ledger.lastActivity, now)) {
                found.add(new Found(RowKey.run(key), ledger));
            }
        });
        found.sort(
                Comparator.comparingLong((Found one) -> one.ledger.lastActivity).reversed());
        List<RunView> newest = new ArrayList<>();
        for (Found one : found.subList(0, Math.min(limit, found.size()))) {
            RunCopy copy = shared.locks().read(one.key, () -> listed(here.rows(), one.key));
            if (copy != null) {
                newest.add(views.view(
                        one.key,
                        here.partition(),
                        copy,
                        Extent.status(),
                        shared.lag().pending(here.partition()),
                        now));
            }
        }
        return newest;
    }

    private static @Nullable RunCopy listed(ReadOnlyWindowStore<Bytes, byte[]> rows, String key) {
        RunCopy copy = RunCopy.ledger(rows, key);
        if (copy != null) {
            copy.facts();
        }
        return copy;
    }
}
