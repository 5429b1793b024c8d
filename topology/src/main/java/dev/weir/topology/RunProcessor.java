package dev.weir.topology;

import dev.weir.registry.WireException;
import dev.weir.schemas.Baseline;
import dev.weir.schemas.DeadLetter;
import dev.weir.schemas.LineBatchReader;
import dev.weir.schemas.RunKey;
import dev.weir.schemas.RunState;
import dev.weir.schemas.TemplateEvent;
import dev.weir.schemas.TemplateEventKind;
import dev.weir.topology.rows.FactsRow;
import dev.weir.topology.rows.Ledger;
import dev.weir.topology.rows.RowKey;
import dev.weir.topology.rows.TemplateRow;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.apache.kafka.common.header.internals.RecordHeaders;
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
    private static final int REVIVED_PER_TICK = 100;

    private final TopologySettings settings;
    private final int partitions;
    private final LongSupplier clock;
    private final Shared shared;
    private final LineBatchReader reader;
    private final Baselines baselines;
    private final Mining mining;
    private final Buckets buckets;
    private final Batches batches = new Batches();
    private final Turning turning;
    private final Puts puts = new Puts();
    private final Models models;
    private final Deque<String> toRevive = new ArrayDeque<>();
    private Judge judge;
    private RunIndex index = new RunIndex();
    private long partitionClock;
    private long next = -1;

    private @Nullable ProcessorContext<Object, Object> context;
    private @Nullable WindowStore<Bytes, byte[]> store;
    private @Nullable RunRows rows;
    private @Nullable ReadOnlyKeyValueStore<Bytes, byte[]> baselineStore;

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
        this.mining = new Mining(settings);
        this.buckets = Buckets.of(settings);
        this.turning = new Turning(
                buckets, settings.templatesPerRun(), settings.quietAfter().toMillis());
        this.models = new Models(settings.modelBytes() / settings.threads());
        this.judge = new Judge(settings.heartbeat().toMillis());
    }

    @Override
    public void init(ProcessorContext<Object, Object> started) {
        WindowStore<Bytes, byte[]> opened = started.getStateStore(WeirTopology.RUNS_STORE);
        context = started;
        store = opened;
        baselineStore = started.getStateStore(WeirTopology.BASELINES_STORE);
        rows = new RunRows(opened, buckets, mining::miner);
        models.clear();
        toRevive.clear();
        judge = new Judge(settings.heartbeat().toMillis());
        index = new RunIndex();
        partitionClock = 0;
        next = -1;
        rows().ledgers((key, ledger) -> {
            if (!ledger.gone) {
                index.note(key, ledger);
                partitionClock = Math.max(partitionClock, ledger.lastActivity);
                if (ledger.told < ledger.offset) {
                    toRevive.add(key);
                }
            }
        });
        started.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, this::tick);
    }

    @Override
    public void close() {
        models.clear();
        if (context != null) {
            shared.lag().left(context.taskId().partition());
        }
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        RecordMetadata at = context()
                .recordMetadata()
                .orElseThrow(() -> new IllegalStateException("A record of weir.lines without a position"));
        shared.counters().records.increment();
        next = at.offset() + 1;
        shared.lag().processed(at.partition(), at.offset());
        Optional<RunKey> key = RunKey.find(record.key());
        if (key.isEmpty()) {
            bury(record, at, "key", "Its key is not tenant/run");
            return;
        }
        int home = Utils.toPositive(Utils.murmur2(record.key())) % partitions;
        if (home != at.partition()) {
            bury(
                    record,
                    at,
                    "partition",
                    "Its key belongs on partition " + home
                            + ": produce with murmur2 of the key (librdkafka: partitioner=murmur2_random)");
            return;
        }
        process(key.get().toString(), record, at);
    }

    private void process(String key, Record<byte[], byte[]> record, RecordMetadata at) {
        LineBatchReader.Body body = read(record, at);
        boolean done = false;
        try {
            long now = clock.getAsLong();
            long arrival = Math.max(Math.min(record.timestamp(), now), partitionClock - buckets.millis());
            partitionClock = Math.max(partitionClock, arrival);
            RunModel run = run(key, arrival, at.offset());
            Ledger ledger = run.ledger;
            long time = Math.max(arrival, ledger.lastActivity);
            Step step = new Step(run, at.offset(), time, buckets.start(time), puts.at(at.offset()));
            turning.enter(step);
            ledger.offset = at.offset();
            ledger.time = time;
            apply(step, body);
            ledger.lastActivity = time;
            finish(step);
            done = true;
        } finally {
            if (!done) {
                models.drop(key);
            }
        }
    }

    /** What the record says; null if nobody can read it. */
    private LineBatchReader.@Nullable Body read(Record<byte[], byte[]> record, RecordMetadata at) {
        try {
            return Patience.whileAway(() -> reader.read(record.value()));
        } catch (WireException unreadable) {
            if (!unreadable.poison()) {
                throw unreadable;
            }
            bury(record, at, "undecodable", String.valueOf(unreadable.getMessage()));
            return null;
        }
    }

    private void apply(Step step, LineBatchReader.@Nullable Body body) {
        if (body == null) {
            step.run.ledger.undecodable++;
            shared.counters().undecodable.increment();
            return;
        }
        switch (body) {
            case LINE_BATCH -> {
                long before = step.run.ledger.duplicates;
                batches.apply(step, reader);
                shared.counters().duplicates.add(step.run.ledger.duplicates - before);
                shared.counters().lines.add(reader.size());
                shared.counters().lineBytes.add(reader.buffer().length);
            }
            case RUN_STARTED -> {
                LifeCycles.started(step, reader.started());
                pin(step);
                mining.configure(step.run);
            }
            case RUN_ENDED -> {
                LifeCycles.ended(step, reader.ended());
                step.endedWell =
                        step.run.ledger.state == RunState.COMPLETED && Objects.equals(step.run.ledger.exitCode, 0);
            }
            case HEARTBEAT ->
                LifeCycles.heartbeat(
                        step, reader.heartbeat(), settings.silentAfter().toMillis());
        }
    }

    /** Puts the rows, sends the events, tells the watchers. */
    private void finish(Step step) {
        RunModel run = step.run;
        step.gather(buckets);
        shared.locks().write(run.key, () -> puts.putAll(store()));
        run.factsChanged = false;
        shared.counters().puts.add(puts.size());
        index.note(run.key, run.ledger);
        send(run.key, step.events, step.time);
        if (step.statusChanged) {
            context().forward(new Record<>(run.key, RunStatuses.of(run), step.time), WeirTopology.RUNS_SINK);
        }
        if (step.endedWell) {
            baseline(run, step.time);
        }
        models.keep(run, mining.heapBytes(run));
        models.trim(this::settle);
        shared.counters().models.set(models.size());
        shared.counters().modelBytes.set(models.bytes());
        shared.watchers().changed(run.key);
    }

    /** A run keeps to the baseline it started with, also when it is resumed. */
    private void pin(Step step) {
        if (step.run.baseline == null) {
            Baselines.key(step.run)
                    .flatMap(key -> baselines.find(started(baselineStore), key, step.time))
                    .ifPresent(good -> step.run.baseline = Baselines.pin(good));
        }
    }

    private void baseline(RunModel run, long time) {
        Baselines.key(run).ifPresent(key -> {
            long before = baselines
                    .find(started(baselineStore), key, time)
                    .map(Baseline::getVersion)
                    .orElse(0L);
            Baseline good = baselines.of(run, key, Math.max(before + 1, time));
            context().forward(new Record<>(key.toString(), good, time), WeirTopology.BASELINES_SINK);
        });
    }

    private RunModel run(String key, long arrival, long offset) {
        RunModel cached = models.get(key);
        if (cached != null && !buckets.left(cached.ledger.lastActivity, arrival)) {
            return cached;
        }
        models.drop(key);
        RunModel loaded = rows().load(key, arrival);
        if (loaded != null) {
            shared.counters().rebuilds.increment();
            return loaded;
        }
        return begin(key, arrival, offset);
    }

    private RunModel begin(String key, long arrival, long offset) {
        String tenant = RunIndex.tenant(key);
        int share = Math.max(1, settings.runsPerTenant() / partitions);
        if (index.get(key) == null && index.runs(tenant) >= share) {
            index.idlest(tenant).ifPresent(idlest -> leave(idlest.key));
        }
        Ledger ledger = new Ledger();
        ledger.birth = offset;
        ledger.firstActivity = arrival;
        ledger.stateSince = arrival;
        ledger.minute = Buckets.minute(arrival);
        return new RunModel(key, ledger, mining.miner(new FactsRow()));
    }

    /** Makes room in a full tenant: the run is marked, its rows leave with their windows. */
    private void leave(String key) {
        RunModel cached = models.get(key);
        Ledger ledger = cached != null ? cached.ledger : rows().ledger(key);
        models.drop(key);
        index.remove(key);
        if (ledger != null) {
            ledger.gone = true;
            puts.at(ledger.offset);
            puts.add(RowKey.of(RowKey.LEDGER, key), ledger.pack(puts.packer()), buckets.start(ledger.lastActivity));
            shared.locks().write(key, () -> puts.putAll(store()));
            shared.watchers().changed(key);
        }
    }

    private void tick(long ignored) {
        long now = clock.getAsLong();
        models.all().forEach(this::tell);
        for (int i = 0; i < REVIVED_PER_TICK && !toRevive.isEmpty(); i++) {
            revive(toRevive.remove(), now);
        }
        if (judge.mayJudge(now, next, shared.lag().end(context().taskId().partition()))) {
            List<String> silent = new ArrayList<>();
            List<String> lost = new ArrayList<>();
            List<String> gone = new ArrayList<>();
            List<String> stalled = new ArrayList<>();
            index.forEach(entry -> {
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
            gone.forEach(index::remove);
            stalled.forEach(key -> stall(key, now));
            lost.forEach(key -> declare(key, RunState.LOST, now));
            silent.forEach(key -> declare(key, RunState.SILENT, now));
        }
    }

    private void stall(String key, long now) {
        RunModel run = loaded(key, now);
        if (run != null) {
            Step step = clockStep(run);
            Signals.tell(
                    step,
                    Signals.STALL,
                    -1,
                    "no line for " + (now - run.ledger.lastLine) / 1000 + " s; never before more than "
                            + (run.ledger.longestPause + 999) / 1000 + " s");
            finish(step);
        }
    }

    private void declare(String key, RunState state, long now) {
        RunModel run = loaded(key, now);
        if (run != null) {
            Step step = clockStep(run);
            LifeCycles.enter(step, state, now);
            finish(step);
        }
    }

    /** Sends again what a throttled count may have kept back when the task stopped. */
    private void revive(String key, long now) {
        RunModel run = loaded(key, now);
        if (run != null) {
            for (int id = 0; id < run.templateLimit(); id++) {
                if (run.lastOffset(id) > run.ledger.told) {
                    run.untold.set(id);
                }
            }
            models.keep(run, mining.heapBytes(run));
        }
    }

    private @Nullable RunModel loaded(String key, long now) {
        RunModel cached = models.get(key);
        return cached != null ? cached : rows().load(key, now);
    }

    /** A step by the clock: what it writes lies where the run's last batch wrote. */
    private Step clockStep(RunModel run) {
        long time = run.ledger.lastActivity;
        return new Step(run, run.ledger.offset, time, buckets.start(time), puts.at(run.ledger.offset));
    }

    private void tell(RunModel run) {
        if (run.untold.isEmpty()) {
            return;
        }
        List<TemplateEvent> events = new ArrayList<>();
        run.untold.stream().forEach(id -> {
            TemplateRow row = run.template(id);
            if (row != null && row.live()) {
                events.add(TemplateEvents.of(run, row, TemplateEventKind.COUNTED, null));
            }
        });
        run.untold.clear();
        run.ledger.told = run.ledger.offset;
        send(run.key, events, run.ledger.time);
    }

    /** Before a model leaves the heap. */
    private void settle(RunModel run) {
        shared.counters().evictedModels.increment();
        tell(run);
    }

    private void send(String key, List<TemplateEvent> events, long time) {
        shared.counters().templateEvents.add(events.size());
        for (TemplateEvent event : events) {
            context().forward(new Record<>(key + "/" + event.getTemplate(), event, time), WeirTopology.TEMPLATES_SINK);
        }
    }

    private void bury(Record<byte[], byte[]> record, RecordMetadata at, String reason, String detail) {
        RecordHeaders headers = new RecordHeaders(record.headers());
        new DeadLetter(reason, detail, at.topic(), at.partition(), at.offset())
                .headers()
                .forEach(headers::add);
        shared.counters().deadLetters.increment();
        context()
                .forward(
                        new Record<Object, Object>(
                                record.key() == null ? new byte[0] : record.key(),
                                record.value() == null ? new byte[0] : record.value(),
                                record.timestamp(),
                                headers),
                        WeirTopology.DEAD_LETTERS_SINK);
    }

    private ProcessorContext<Object, Object> context() {
        return started(context);
    }

    private WindowStore<Bytes, byte[]> store() {
        return started(store);
    }

    private RunRows rows() {
        return started(rows);
    }

    private static <T> T started(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException("A record came before the task was initialised");
        }
        return part;
    }
}
