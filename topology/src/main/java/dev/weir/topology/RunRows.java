package dev.weir.topology;

import dev.weir.drain.Miner;
import dev.weir.topology.rows.FactsRow;
import dev.weir.topology.rows.Layout;
import dev.weir.topology.rows.Ledger;
import dev.weir.topology.rows.Page;
import dev.weir.topology.rows.Pinned;
import dev.weir.topology.rows.RowKey;
import dev.weir.topology.rows.SlotsRow;
import dev.weir.topology.rows.SourceRow;
import dev.weir.topology.rows.TemplateRow;
import dev.weir.topology.rows.Unpacker;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.ObjLongConsumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.kstream.Windowed;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.WindowStore;
import org.apache.kafka.streams.state.WindowStoreIterator;
import org.jspecify.annotations.Nullable;

/** Rebuilds a run's model from its rows, in order of creation. Confined to one stream task. */
final class RunRows {
    private final WindowStore<Bytes, byte[]> store;
    private final Buckets buckets;
    private final BiFunction<FactsRow, Ledger, Miner> miners;

    RunRows(WindowStore<Bytes, byte[]> store, Buckets buckets, BiFunction<FactsRow, Ledger, Miner> miners) {
        this.store = store;
        this.buckets = buckets;
        this.miners = miners;
    }

    /** The run as its rows have it; null if there is none, or none that has not left by now. */
    @Nullable
    RunModel load(String key, long now) {
        Ledger ledger = ledger(key);
        if (ledger == null || ledger.gone || buckets.left(ledger.lastActivity, now)) {
            return null;
        }
        long bucket = buckets.start(ledger.lastActivity);
        byte[] factsRow = newest(RowKey.of(RowKey.FACTS, key), ledger.birth);
        FactsRow facts = factsRow == null ? new FactsRow() : FactsRow.unpack(factsRow);
        RunModel run = new RunModel(key, ledger, miners.apply(facts, ledger));
        run.facts = facts;
        byte[] pinned = newest(RowKey.of(RowKey.BASELINE, key), ledger.birth);
        run.baseline = pinned == null ? null : Pinned.unpack(pinned);
        pages(
                run,
                RowKey.TOTALS,
                bucket - Buckets.HOUR,
                Times.LAST,
                (page, row) -> run.totals(page).add(Page.unpack(row)));
        pages(run, RowKey.TALLY, ledger.minute, ledger.minute, (number, row) -> TallyRows.load(run, number, row));
        templates(run);
        scan(RowKey.first(RowKey.SOURCE, key), RowKey.last(RowKey.SOURCE, key), bucket, Times.LAST, (at, row) -> {
            if (Unpacker.stamp(row) >= ledger.birth) {
                SourceRow source = SourceRow.unpack(RowKey.name(at.key()), row);
                run.sources.put(source.name, source);
            }
        });
        run.sources.values().forEach(source -> {
            if (source.learnt.length > 0) {
                run.miner.rows().restoreSource(source.learnt);
            }
        });
        run.miner.rows().restored(ledger.nextTemplate);
        run.toldInRow = ledger.told;
        return run;
    }

    @Nullable
    Ledger ledger(String key) {
        byte[] row = newest(RowKey.of(RowKey.LEDGER, key), Long.MIN_VALUE);
        return row == null ? null : Ledger.unpack(row);
    }

    FactsRow facts(String key) {
        byte[] row = newest(RowKey.of(RowKey.FACTS, key), Long.MIN_VALUE);
        return row == null ? new FactsRow() : FactsRow.unpack(row);
    }

    /** A source that the model does not hold. */
    SourceRow extraSource(RunModel run, String name) {
        byte[] row = newest(RowKey.of(RowKey.EXTRA_SOURCE, run.key, name), run.ledger.birth);
        return row == null ? new SourceRow(name) : SourceRow.unpack(name, row);
    }

    /** Key and window of every row of a run, of any kind and age. */
    void all(String key, ObjLongConsumer<Bytes> visitor) {
        for (byte kind : RowKey.kinds()) {
            scan(
                    RowKey.first(kind, key),
                    RowKey.last(kind, key),
                    0,
                    Times.LAST,
                    (at, row) -> visitor.accept(at.key(), at.window().start()));
        }
    }

    /** Every run's newest ledger, of every tenant. */
    void ledgers(BiConsumer<String, Ledger> visitor) {
        Map<Bytes, byte[]> newest = new TreeMap<>();
        scan(RowKey.firstLedger(""), RowKey.lastLedger(""), 0, Times.LAST, (at, row) -> newest.put(at.key(), row));
        newest.forEach((key, row) -> visitor.accept(RowKey.run(key), known(row)));
    }

    /** Layouts older than the number that tells them apart break somewhere in the middle. */
    private static Ledger known(byte[] row) {
        try {
            return Ledger.unpack(row);
        } catch (IndexOutOfBoundsException | NegativeArraySizeException unlike) {
            Layout.Foreign foreign = new Layout.Foreign("that is not known");
            foreign.initCause(unlike);
            throw foreign;
        }
    }

    private void templates(RunModel run) {
        Map<Integer, TemplateRow> newest = new TreeMap<>();
        scan(
                RowKey.of(RowKey.TEMPLATE, run.key, 0),
                RowKey.of(RowKey.TEMPLATE, run.key, Integer.MAX_VALUE),
                0,
                Times.LAST,
                (at, row) -> {
                    if (Unpacker.stamp(row) >= run.ledger.birth) {
                        TemplateRow template = TemplateRow.unpack(RowKey.number(at.key()), row);
                        run.booked.written(template.id, at.window().start());
                        template.rowBytes = row.length;
                        newest.put(template.id, template);
                    }
                });
        newest.values().forEach(row -> {
            run.template(row);
            run.rowBytes += row.rowBytes;
            if (row.fate != TemplateRow.EVICTED) {
                run.miner.rows().restoreTemplate(row.learnt);
            }
        });
        Map<Integer, byte[]> slots = new TreeMap<>();
        scan(
                RowKey.of(RowKey.SLOTS, run.key, 0),
                RowKey.of(RowKey.SLOTS, run.key, Integer.MAX_VALUE),
                0,
                Times.LAST,
                (at, row) -> {
                    if (Unpacker.stamp(row) >= run.ledger.birth) {
                        slots.put(RowKey.number(at.key()), row);
                    }
                });
        newest.values().forEach(row -> {
            if (row.fate != TemplateRow.EVICTED) {
                restoreCounts(run, row.id, slots.get(row.id));
            }
        });
    }

    private static void restoreCounts(RunModel run, int id, byte @Nullable [] slots) {
        Page newest = run.newest(id);
        if (newest != null) {
            int slot = Page.slot(id);
            run.miner
                    .rows()
                    .restoreTally(id, run.own(id), run.ownEvents(id), newest.lastOffset(slot), newest.lastIndex(slot));
        }
        if (slots != null) {
            run.slotBytes(id, slots.length);
            SlotsRow read = SlotsRow.unpack(slots);
            run.miner.rows().restoreSlots(id, read.learnt());
            TemplateRow row = run.template(id);
            if (row != null) {
                row.lastSample(read.last());
            }
        }
    }

    private void pages(RunModel run, byte kind, long from, long to, BiConsumer<Integer, byte[]> visitor) {
        Map<Integer, byte[]> newest = new TreeMap<>();
        scan(
                RowKey.of(kind, run.key, 0),
                RowKey.of(kind, run.key, Integer.MAX_VALUE),
                Math.max(0, from),
                to,
                (at, row) -> {
                    if (Unpacker.stamp(row) >= run.ledger.birth) {
                        newest.put(RowKey.number(at.key()), row);
                    }
                });
        newest.forEach(visitor);
    }

    private byte @Nullable [] newest(Bytes key, long birth) {
        try (WindowStoreIterator<byte[]> rows = store.backwardFetch(key, 0, Times.LAST)) {
            if (rows.hasNext()) {
                byte[] row = rows.next().value;
                return Unpacker.stamp(row) >= birth ? row : null;
            }
            return null;
        }
    }

    /** Segments come oldest first, so of two rows with one key the newer window comes later. */
    private void scan(Bytes first, Bytes last, long from, long to, BiConsumer<Windowed<Bytes>, byte[]> visitor) {
        try (KeyValueIterator<Windowed<Bytes>, byte[]> rows = store.fetch(first, last, from, to)) {
            while (rows.hasNext()) {
                KeyValue<Windowed<Bytes>, byte[]> row = rows.next();
                visitor.accept(row.key, row.value);
            }
        }
    }
}
