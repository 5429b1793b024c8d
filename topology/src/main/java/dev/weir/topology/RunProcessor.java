package dev.weir.topology;

import dev.weir.registry.WireException;
import dev.weir.schemas.Forget;
import dev.weir.schemas.LineBatchReader;
import dev.weir.schemas.RunKey;
import dev.weir.schemas.RunState;
import dev.weir.topology.rows.Ledger;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.state.WindowStore;
import org.jspecify.annotations.Nullable;

/**
 * Turns the records of runs into rows and events. A record is worked out on the model in heap, then its rows are put
 * under the run's lock, then its events go out; all three are one transaction with the record's offset. If anything
 * throws before the rows are in, the model is dropped, for it may be half changed.
 *
 * <p>Confined to one stream task. A revived task uses the same object again, so {@link #init} forgets everything.
 */
final class RunProcessor implements Processor<byte[], byte[], Object, Object> {
    private static final Duration TICK = Duration.ofSeconds(1);

    private final TopologySettings settings;
    private final int partitions;
    private final LongSupplier clock;
    private final Shared shared;
    private final LineBatchReader reader;
    private final Baselines baselines;
    private final Buckets buckets;
    private final Batches batches;
    private final Turning turning;
    private @Nullable Task started;

    /** What is made anew whenever the task starts. */
    private static final class Task {
        final ProcessorContext<Object, Object> context;
        final Outbox outbox;
        final History history;
        final LiveRuns runs;
        final Clockwork clockwork;
        long partitionClock;
        long next = -1;

        Task(
                ProcessorContext<Object, Object> context,
                Outbox outbox,
                History history,
                LiveRuns runs,
                Clockwork clockwork) {
            this.context = context;
            this.outbox = outbox;
            this.history = history;
            this.runs = runs;
            this.clockwork = clockwork;
        }
    }

    /** @param partitions of {@code weir.lines}: a record on another one than its key's is refused */
    RunProcessor(
            TopologySettings settings,
            int partitions,
            LongSupplier clock,
            Shared shared,
            LineBatchReader reader,
            Baselines baselines) {
        this.baselines = baselines;
        this.settings = settings;
        this.partitions = partitions;
        this.clock = clock;
        this.shared = shared;
        this.reader = reader;
        this.buckets = Buckets.of(settings);
        this.batches = new Batches();
        this.turning = new Turning(settings);
    }

    @Override
    public void init(ProcessorContext<Object, Object> context) {
        shared.locks().takenOver();
        WindowStore<Bytes, byte[]> store = context.getStateStore(WeirTopology.RUNS_STORE);
        ReadOnlyKeyValueStore<Bytes, byte[]> good = context.getStateStore(WeirTopology.BASELINES_STORE);
        Outbox outbox = new Outbox(context, shared.counters());
        History history = new History(baselines, good, shared.fleet(), outbox);
        LiveRuns runs = new LiveRuns(settings, partitions, shared, store, outbox, history);
        Task task = new Task(context, outbox, history, runs, new Clockwork(settings, runs));
        runs.rows().ledgers((key, ledger) -> {
            if (!ledger.gone) {
                runs.index.note(key, ledger);
                task.partitionClock = Math.max(task.partitionClock, ledger.lastActivity);
                if (ledger.told < ledger.offset) {
                    task.runs.unsure(key);
                }
            }
        });
        Task before = started;
        if (before != null) {
            before.runs.clear();
        }
        started = task;
        int partition = context.taskId().partition();
        context.schedule(
                TICK,
                PunctuationType.WALL_CLOCK_TIME,
                ignored -> task.clockwork.tick(
                        clock.getAsLong(), task.next, shared.lag().end(partition)));
    }

    @Override
    public void close() {
        Task task = started;
        if (task != null) {
            task.runs.clear();
            started = null;
            shared.lag().left(task.context.taskId().partition());
        }
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        Task task = task();
        RecordMetadata at = task.context
                .recordMetadata()
                .orElseThrow(() -> new IllegalStateException("A record of weir.lines without a position"));
        shared.counters().records.increment();
        task.next = at.offset() + 1;
        shared.lag().processed(at.partition(), at.offset());
        Optional<RunKey> key = RunKey.find(record.key());
        if (key.isEmpty()) {
            task.outbox.bury(record, at, "key", "Its key is not tenant/run");
            return;
        }
        int home = Utils.toPositive(Utils.murmur2(record.key())) % partitions;
        if (home != at.partition()) {
            task.outbox.bury(
                    record,
                    at,
                    "partition",
                    "Its key belongs on partition " + home
                            + ": produce with murmur2 of the key (librdkafka: partitioner=murmur2_random)");
            return;
        }
        if (record.value() == null && Forget.isIn(record.headers())) {
            task.runs.forget(key.get().toString(), at.offset(), record.timestamp());
            task.outbox.forgetWakes(record.key(), record.timestamp());
            return;
        }
        process(task, key.get().toString(), record, at);
    }

    private void process(Task task, String key, Record<byte[], byte[]> record, RecordMetadata at) {
        LineBatchReader.Body body = read(task, record, at);
        boolean done = false;
        try {
            long now = clock.getAsLong();
            long arrival = Math.max(Math.min(record.timestamp(), now), task.partitionClock - buckets.millis());
            task.partitionClock = Math.max(task.partitionClock, arrival);
            RunModel run = task.runs.open(key, arrival, at.offset());
            Ledger ledger = run.ledger;
            long time = Math.max(arrival, ledger.lastActivity);
            Step step = task.runs.step(run, at.offset(), time);
            turning.enter(step);
            ledger.offset = at.offset();
            ledger.time = time;
            apply(task, step, body);
            ledger.lastActivity = time;
            task.runs.finish(step);
            if (step.tooLong > 0) {
                task.outbox.bury(record, at, "too-long", Batches.tooLong(step.tooLong));
            }
            if (step.rebuild) {
                task.runs.release(run);
            }
            done = true;
        } finally {
            if (!done) {
                task.runs.drop(key);
            }
        }
    }

    /** What the record says; null if nobody can read it. */
    private LineBatchReader.@Nullable Body read(Task task, Record<byte[], byte[]> record, RecordMetadata at) {
        try {
            return Patience.whileAway(() -> reader.read(record.value()));
        } catch (WireException unreadable) {
            if (!unreadable.poison()) {
                throw unreadable;
            }
            task.outbox.bury(record, at, "undecodable", String.valueOf(unreadable.getMessage()));
            return null;
        }
    }

    private void apply(Task task, Step step, LineBatchReader.@Nullable Body body) {
        Ledger ledger = step.run.ledger;
        if (body == null) {
            ledger.undecodable++;
            shared.counters().undecodable.increment();
            return;
        }
        switch (body) {
            case LINE_BATCH -> lines(task, step);
            case RUN_STARTED -> {
                LifeCycles.started(step, reader.started());
                task.history.pin(step.run, step.time);
            }
            case RUN_ENDED -> {
                LifeCycles.ended(step, reader.ended());
                step.endedWell = ledger.state == RunState.COMPLETED && Objects.equals(ledger.exitCode, 0);
            }
            case HEARTBEAT ->
                LifeCycles.heartbeat(
                        step, reader.heartbeat(), settings.silentAfter().toMillis());
        }
    }

    private void lines(Task task, Step step) {
        Ledger ledger = step.run.ledger;
        long duplicates = ledger.duplicates;
        long gaps = ledger.gaps;
        long rejected = ledger.sumRejected();
        batches.apply(step, reader, task.runs.rows());
        Counters counters = shared.counters();
        counters.duplicates.add(ledger.duplicates - duplicates);
        counters.gaps.add(Math.max(0, ledger.gaps - gaps));
        counters.rejected.add(ledger.sumRejected() - rejected);
        counters.batches.increment();
        counters.batchLines.set(reader.size());
        counters.lines.add(reader.size());
        counters.lineBytes.add(reader.buffer().length);
    }

    private Task task() {
        Task task = started;
        if (task == null) {
            throw new IllegalStateException("A record came before the task was initialised");
        }
        return task;
    }
}
