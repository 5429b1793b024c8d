package dev.weir.topology;

import dev.weir.schemas.TemplateEvent;
import dev.weir.schemas.TemplateEventKind;
import dev.weir.topology.rows.FactsRow;
import dev.weir.topology.rows.Ledger;
import dev.weir.topology.rows.RowKey;
import dev.weir.topology.rows.TemplateRow;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.WindowStore;
import org.jspecify.annotations.Nullable;

/**
 * The runs of one partition: their models in heap, their rows in the store, and how a step's work gets from the one
 * into the other and out to the world. Made anew whenever the task starts. Confined to one stream task.
 */
final class LiveRuns {
    /** Events of more templates than this are left to the topic's retention. */
    private static final int MOST_FORGOTTEN_TEMPLATES = 100_000;
    /** A run that says nothing for so long is not about to write that its counts were told with its next batch. */
    private static final int IDLE_TICKS = 10;

    final RunIndex index = new RunIndex();
    private final TopologySettings settings;
    private final int share;
    private final Shared shared;
    private final WindowStore<Bytes, byte[]> store;
    private final RunRows rows;
    private final Outbox outbox;
    private final History history;
    private final Mining mining;
    private final Buckets buckets;
    private final Puts puts = new Puts();
    private final Models models;
    private final Set<String> unsure = new LinkedHashSet<>();
    /** Runs with counts to tell, by when they got the first of them. */
    private final Deque<RunModel> toTell = new ArrayDeque<>();

    /** @param partitions of {@code weir.lines}, which a tenant's share of runs is divided by */
    LiveRuns(
            TopologySettings settings,
            int partitions,
            Shared shared,
            WindowStore<Bytes, byte[]> store,
            Outbox outbox,
            History history) {
        this.settings = settings;
        this.share = Math.max(1, settings.runsPerTenant() / partitions);
        this.shared = shared;
        this.store = store;
        this.outbox = outbox;
        this.history = history;
        this.mining = new Mining(settings);
        this.buckets = Buckets.of(settings);
        this.rows = new RunRows(store, buckets, mining::miner);
        this.models = new Models(settings.modelBytes(), shared.counters());
    }

    RunRows rows() {
        return rows;
    }

    /** The run of a record, begun by it if there is none. */
    RunModel open(String key, long arrival, long offset) {
        RunModel cached = models.get(key);
        if (cached != null && !buckets.left(cached.ledger.lastActivity, arrival)) {
            return cached;
        }
        models.drop(key);
        RunModel loaded = load(key, arrival);
        if (loaded != null) {
            return loaded;
        }
        return begin(key, arrival, offset);
    }

    private RunModel begin(String key, long arrival, long offset) {
        String tenant = RunIndex.tenant(key);
        if (index.get(key) == null && index.runs(tenant) >= share) {
            index.idlest(tenant).ifPresent(idlest -> leave(idlest.key));
        }
        Ledger ledger = new Ledger();
        ledger.birth = offset;
        ledger.firstActivity = arrival;
        ledger.stateSince = arrival;
        ledger.minute = Buckets.minute(arrival);
        return new RunModel(key, ledger, mining.miner(new FactsRow(), ledger));
    }

    @Nullable
    RunModel loaded(String key, long now) {
        RunModel cached = models.get(key);
        return cached != null ? cached : load(key, now);
    }

    private @Nullable RunModel load(String key, long now) {
        boolean notSure = unsure.remove(key);
        RunModel run = rows.load(key, now);
        if (run == null) {
            return null;
        }
        shared.counters().rebuilds.increment();
        if (notSure) {
            for (int id = 0; id < run.templateLimit(); id++) {
                if (run.lastOffset(id) > run.ledger.told) {
                    run.untold.add(id);
                }
            }
        }
        return run;
    }

    /**
     * A throttled count of this run may not have been told when the task stopped: it is to be told before anything newer
     * is, for a newer one says that all before it were.
     */
    void unsure(String key) {
        unsure.add(key);
    }

    /** Has runs that are not sure told again, whether they speak or not. Their models do not stay in heap. */
    void makeSure(Allowance allowance, long now) {
        while (allowance.more() && !unsure.isEmpty()) {
            RunModel run = load(unsure.iterator().next(), now);
            allowance.spend(run);
            if (run != null) {
                tellAll(run);
            }
        }
    }

    Step step(RunModel run, long offset, long time) {
        return new Step(run, offset, time, buckets.start(time), puts.at(offset));
    }

    /** A step by the clock: what it writes lies where the run's last batch wrote. */
    Step clockStep(RunModel run) {
        return step(run, run.ledger.offset, run.ledger.lastActivity);
    }

    /** Puts the rows, sends the events, tells the watchers. */
    void finish(Step step) {
        RunModel run = step.run;
        step.gather(buckets);
        putAll(run.key);
        run.factsChanged = false;
        index.note(run.key, run.ledger);
        outbox.templates(run.key, step.events, step.time);
        if (step.statusChanged) {
            outbox.run(run.key, RunStatuses.of(run), step.time);
        }
        history.tell(step);
        keep(run);
        remindOf(run);
        models.trim(this::settle);
        shared.watchers().changed(run.key);
    }

    private void putAll(String key) {
        shared.locks().write(key, puts.hasTemplates(), () -> puts.putAll(store));
        shared.counters().puts.add(puts.size());
        shared.counters().putBytes.add(puts.bytes());
    }

    void keep(RunModel run) {
        models.keep(run, mining.heapBytes(run));
    }

    /** Lets a model go that is to be built again from its rows. */
    void release(RunModel run) {
        settle(run);
        models.drop(run.key);
    }

    /** A model that may be half changed: its rows are what it was. */
    void drop(String key) {
        models.drop(key);
    }

    void clear() {
        models.clear();
        toTell.clear();
    }

    /** Makes room in a full tenant: the run is marked, its rows leave with their windows. */
    private void leave(String key) {
        RunModel cached = models.get(key);
        Ledger ledger = cached != null ? cached.ledger : rows.ledger(key);
        models.drop(key);
        index.remove(key);
        if (ledger != null) {
            ledger.gone = true;
            puts.at(ledger.offset);
            puts.add(RowKey.of(RowKey.LEDGER, key), ledger.pack(puts.packer()), buckets.start(ledger.lastActivity));
            putAll(key);
            shared.watchers().changed(key);
        }
    }

    /** As if the run had never been: its rows go, and what the topics keep of it. */
    void forget(String key, long offset, long time) {
        Ledger ledger = rows.ledger(key);
        FactsRow facts = rows.facts(key);
        models.drop(key);
        index.remove(key);
        puts.at(offset);
        rows.all(key, puts::remove);
        putAll(key);
        if (ledger != null) {
            history.forget(key, ledger, facts, time);
            for (int id = 0; id < Math.min(MOST_FORGOTTEN_TEMPLATES, ledger.nextTemplate); id++) {
                outbox.noTemplate(key, id, time);
            }
        }
        outbox.run(key, null, time);
        shared.watchers().changed(key);
    }

    /** Tells counts that {@code weir.templates} does not have yet: runs take turns, so many counts at a tick. */
    void tellCounts() {
        int left = Untold.AT_ONCE;
        for (int runs = toTell.size(); runs > 0 && left > 0; runs--) {
            RunModel run = toTell.removeFirst();
            run.isToTell = false;
            if (run.isKept) {
                left -= tell(run, left);
                remindOf(run);
            }
        }
        for (RunModel run : models.all()) {
            run.idleTicks = run.ledger.offset == run.tickOffset ? run.idleTicks + 1 : 0;
            run.tickOffset = run.ledger.offset;
            if (run.idleTicks >= IDLE_TICKS && run.untold.isEmpty()) {
                noteTold(run);
            }
        }
        models.trim(this::settle);
    }

    private void remindOf(RunModel run) {
        if (!run.isToTell && !run.untold.isEmpty()) {
            run.isToTell = true;
            toTell.addLast(run);
        }
    }

    private int tell(RunModel run, int most) {
        List<TemplateEvent> events = new ArrayList<>();
        long told = run.untold.take(most, run.ledger.offset, id -> {
            TemplateRow row = run.template(id);
            if (row != null && row.live()) {
                events.add(TemplateEvents.of(run, row, TemplateEventKind.COUNTED, null));
            }
        });
        run.ledger.told = run.untold.isEmpty() ? run.ledger.offset : Math.max(run.ledger.told, told);
        outbox.templates(run.key, events, run.ledger.time);
        return events.size();
    }

    /** Before a model leaves the heap. */
    private void settle(RunModel run) {
        shared.counters().evictedModels.increment();
        tellAll(run);
    }

    private void tellAll(RunModel run) {
        while (!run.untold.isEmpty()) {
            tell(run, Integer.MAX_VALUE);
        }
        noteTold(run);
    }

    /**
     * Writes that counts were told, where no batch of the run soon will: a restored task builds again, and tells again,
     * every run whose row does not say so.
     */
    private void noteTold(RunModel run) {
        Ledger ledger = run.ledger;
        if (ledger.told > run.toldInRow) {
            puts.at(ledger.offset);
            puts.add(RowKey.of(RowKey.LEDGER, run.key), ledger.pack(puts.packer()), buckets.start(ledger.lastActivity));
            putAll(run.key);
            run.toldInRow = ledger.told;
        }
    }
}
