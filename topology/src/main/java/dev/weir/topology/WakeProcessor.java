package dev.weir.topology;

import dev.weir.registry.WireException;
import dev.weir.schemas.RunKey;
import dev.weir.schemas.RunState;
import dev.weir.schemas.WakeCommand;
import dev.weir.schemas.WakeState;
import dev.weir.topology.rows.FactsRow;
import dev.weir.topology.rows.Ledger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyWindowStore;
import org.jspecify.annotations.Nullable;

/**
 * The wakes of runs: commands change them, the clock makes them due, whether anything flows or not. In a key-value
 * store, for a delay may be longer than the retention of rows. Confined to one stream task, the one that has the
 * run's rows.
 */
final class WakeProcessor implements Processor<byte[], byte[], Object, Object> {
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final int MOST_OPEN_OF_A_RUN = 1_000;
    /** The slash's successor: after every key that begins with a run and a slash. */
    private static final String AFTER_SLASH = "0";

    private final String topic;
    private final WakeValues values;
    private final LongSupplier clock;
    private final Duration kept;
    private final Shared shared;
    private final Map<String, WakeState> open = new HashMap<>();
    private final Map<String, Integer> openOfRun = new HashMap<>();
    private final Map<String, Long> finals = new HashMap<>();
    private @Nullable ProcessorContext<Object, Object> context;
    private @Nullable Outbox outbox;
    private @Nullable KeyValueStore<String, byte[]> store;
    private @Nullable ReadOnlyWindowStore<Bytes, byte[]> rows;

    /** @param kept how long a wake that came to its end can still be asked for */
    WakeProcessor(String topic, WakeValues values, LongSupplier clock, Duration kept, Shared shared) {
        this.topic = topic;
        this.values = values;
        this.clock = clock;
        this.kept = kept;
        this.shared = shared;
    }

    @Override
    public void init(ProcessorContext<Object, Object> started) {
        context = started;
        outbox = new Outbox(started, shared.counters());
        KeyValueStore<String, byte[]> opened = started.getStateStore(WeirTopology.WAKES_STORE);
        store = opened;
        rows = started.getStateStore(WeirTopology.RUNS_STORE);
        open.clear();
        openOfRun.clear();
        finals.clear();
        try (KeyValueIterator<String, byte[]> all = opened.all()) {
            while (all.hasNext()) {
                KeyValue<String, byte[]> one = all.next();
                if (!WakeValues.isIdempotency(one.key)) {
                    index(one.key, values.read(one.value));
                }
            }
        }
        started.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, this::tick);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        Optional<RunKey> key = RunKey.find(record.key());
        if (key.isEmpty()) {
            bury(record, "key", "Its key is not tenant/run");
            return;
        }
        if (record.value() == null) {
            forget(key.get(), record.timestamp());
            return;
        }
        WakeCommand command;
        try {
            command = Patience.whileAway(() -> values.command(topic, record.value()));
        } catch (WireException unreadable) {
            if (!unreadable.poison()) {
                throw unreadable;
            }
            bury(record, "undecodable", String.valueOf(unreadable.getMessage()));
            return;
        }
        if (!RunKey.isName(command.getWake())) {
            bury(record, "wake", "Its wake's id is not a name");
            return;
        }
        obey(key.get(), command);
    }

    private void obey(RunKey run, WakeCommand command) {
        String id = run.ofWake(command.getWake());
        long now = clock.getAsLong();
        WakeState before = read(id);
        if (before == null) {
            enqueue(run, command, id, now);
        } else if (!command.getRequest().equals(before.getRequest())) {
            write(id, Wakes.obey(before, command, now));
        }
    }

    private void enqueue(RunKey run, WakeCommand command, String id, long now) {
        if (!(command.getBody() instanceof dev.weir.schemas.WakeEnqueue wanted)) {
            outbox().wake(id, Wakes.unknown(run, command, now));
            return;
        }
        String idempotencyKey = wanted.getIdempotencyKey();
        if (idempotencyKey != null) {
            byte[] first = store().get(WakeValues.idempotency(run, idempotencyKey));
            WakeState known = first == null ? null : read(run.ofWake(WakeValues.wake(first)));
            if (known != null) {
                // The sender looks for its request and finds the first wake under it.
                outbox().wake(
                                run.ofWake(known.getWake()),
                                WakeState.newBuilder(known)
                                        .setRequest(command.getRequest())
                                        .build());
                return;
            }
        }
        if (openOfRun.getOrDefault(run.toString(), 0) >= MOST_OPEN_OF_A_RUN) {
            outbox().wake(
                            id,
                            Wakes.refusedNew(
                                    run, command, wanted, now, "the run has " + MOST_OPEN_OF_A_RUN + " open wakes"));
            return;
        }
        if (idempotencyKey != null) {
            store().put(WakeValues.idempotency(run, idempotencyKey), WakeValues.wake(command.getWake()));
        }
        byte[] row = RunCopy.newestFacts(rows(), run.toString());
        FactsRow facts = row == null ? new FactsRow() : FactsRow.unpack(row);
        WakeState queued = Wakes.queued(run, command, wanted, facts, now);
        write(id, Wakes.dueNow(queued, state(run.toString()), now));
    }

    private void tick(long ignored) {
        long now = clock.getAsLong();
        List<WakeState> changed = new ArrayList<>();
        open.forEach((id, wake) -> {
            WakeState later = Wakes.byTheClock(wake, () -> state(wake.getTenant() + "/" + wake.getRun()), now);
            if (later != wake) {
                changed.add(later);
            }
        });
        for (WakeState wake : changed) {
            write(id(wake), wake);
        }
        List<String> old = new ArrayList<>();
        finals.forEach((id, since) -> {
            if (now - since > kept.toMillis()) {
                old.add(id);
            }
        });
        for (String id : old) {
            forget(id);
        }
    }

    /** All wakes of a run, as if they had never been. */
    private void forget(RunKey run, long time) {
        String prefix = run + "/";
        List<String> keys = new ArrayList<>();
        try (KeyValueIterator<String, byte[]> all = store().range(prefix, run + AFTER_SLASH)) {
            all.forEachRemaining(one -> keys.add(one.key));
        }
        for (String key : keys) {
            store().delete(key);
            open.remove(key);
            finals.remove(key);
            if (!WakeValues.isIdempotency(key)) {
                outbox().noWake(key, time);
            }
        }
        openOfRun.remove(run.toString());
        shared.watchers().changed(run.toString());
    }

    private void forget(String id) {
        finals.remove(id);
        WakeState wake = read(id);
        if (wake != null && wake.getIdempotencyKey() != null) {
            store().delete(WakeValues.idempotency(
                    new RunKey(wake.getTenant(), wake.getRun()), wake.getIdempotencyKey()));
        }
        store().delete(id);
    }

    /** What the run has come to, by its newest ledger, in heap or not. */
    private RunState state(String run) {
        RunCopy copy = RunCopy.ledger(rows(), run);
        Ledger ledger = copy == null ? null : copy.ledger;
        return ledger == null || ledger.gone ? RunState.UNKNOWN : ledger.state;
    }

    private @Nullable WakeState read(String id) {
        byte[] value = store().get(id);
        return value == null ? null : values.read(value);
    }

    private void write(String id, WakeState wake) {
        store().put(id, values.write(wake));
        index(id, wake);
        outbox().wake(id, wake);
        shared.watchers().changed(wake.getTenant() + "/" + wake.getRun());
    }

    private void index(String id, WakeState wake) {
        String run = wake.getTenant() + "/" + wake.getRun();
        boolean was = open.containsKey(id);
        if (Wakes.ended(wake)) {
            open.remove(id);
            finals.put(id, wake.getChangedAt().toEpochMilli());
        } else {
            open.put(id, wake);
        }
        int more = (Wakes.ended(wake) ? 0 : 1) - (was ? 1 : 0);
        if (more != 0) {
            openOfRun.merge(run, more, (had, now) -> had + now == 0 ? null : had + now);
        }
    }

    private static String id(WakeState wake) {
        return new RunKey(wake.getTenant(), wake.getRun()).ofWake(wake.getWake());
    }

    private void bury(Record<byte[], byte[]> record, String reason, String detail) {
        outbox().bury(record, started(context).recordMetadata().orElseThrow(), reason, detail);
    }

    private Outbox outbox() {
        return started(outbox);
    }

    private KeyValueStore<String, byte[]> store() {
        return started(store);
    }

    private ReadOnlyWindowStore<Bytes, byte[]> rows() {
        return started(rows);
    }

    private static <T> T started(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException("A record came before the task was initialised");
        }
        return part;
    }
}
