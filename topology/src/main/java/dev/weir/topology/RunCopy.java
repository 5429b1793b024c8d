package dev.weir.topology;

import dev.weir.topology.rows.Ledger;
import dev.weir.topology.rows.RowKey;
import dev.weir.topology.rows.Unpacker;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.kstream.Windowed;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyWindowStore;
import org.apache.kafka.streams.state.WindowStoreIterator;
import org.jspecify.annotations.Nullable;

/**
 * A run's rows, copied as bytes: what happens while no writer may. Only the ledger is looked into, for it says where the
 * others are.
 */
final class RunCopy {
    /** A tally page's bytes and the minute it is of. */
    record TallyRow(int page, long minute, byte[] row) {}

    /** A totals page's bytes, newest before the time asked for. */
    record TotalsRow(int page, byte[] row) {}

    /** A template's bytes. */
    record TemplateBytes(int id, byte[] row) {}

    final Ledger ledger;
    byte @Nullable [] facts;
    final Map<String, byte[]> sources = new TreeMap<>();
    final List<TotalsRow> totals = new ArrayList<>();
    final List<TallyRow> tallies = new ArrayList<>();
    final List<TemplateBytes> templates = new ArrayList<>();
    final Map<Integer, byte[]> slots = new TreeMap<>();

    private final ReadOnlyWindowStore<Bytes, byte[]> store;
    private final String key;

    private RunCopy(ReadOnlyWindowStore<Bytes, byte[]> store, String key, Ledger ledger) {
        this.store = store;
        this.key = key;
        this.ledger = ledger;
    }

    /** The ledger alone, with nothing else read yet; null if there is none. */
    static @Nullable RunCopy ledger(ReadOnlyWindowStore<Bytes, byte[]> store, String key) {
        byte[] row = newest(store, RowKey.of(RowKey.LEDGER, key));
        return row == null ? null : new RunCopy(store, key, Ledger.unpack(row));
    }

    static byte @Nullable [] newestFacts(ReadOnlyWindowStore<Bytes, byte[]> store, String key) {
        return newest(store, RowKey.of(RowKey.FACTS, key));
    }

    void facts() {
        byte[] row = newest(store, RowKey.of(RowKey.FACTS, key));
        facts = row == null || Unpacker.stamp(row) < ledger.birth ? null : row;
    }

    void sources(Buckets buckets) {
        scan(
                RowKey.first(RowKey.SOURCE, key),
                RowKey.last(RowKey.SOURCE, key),
                buckets.start(ledger.lastActivity),
                Long.MAX_VALUE,
                row -> sources.put(RowKey.name(row.key.key()), row.value));
    }

    /** Totals as of a time, and the tallies that make them exact to the minute. */
    void counts(Buckets buckets, long to) {
        boolean now = to > ledger.lastActivity;
        long from = now ? buckets.start(ledger.lastActivity) - Buckets.HOUR : 0;
        long last = now ? Long.MAX_VALUE : buckets.totals(to);
        Map<Integer, byte[]> newest = new TreeMap<>();
        numbered(RowKey.TOTALS, Math.max(0, from), last, row -> newest.put(RowKey.number(row.key.key()), row.value));
        newest.forEach((page, row) -> totals.add(new TotalsRow(page, row)));
    }

    void tallies(long from, long to) {
        numbered(
                RowKey.TALLY,
                Math.max(0, from),
                to,
                row -> tallies.add(new TallyRow(
                        RowKey.number(row.key.key()), row.key.window().start(), row.value)));
    }

    void templates() {
        Map<Integer, byte[]> newest = new TreeMap<>();
        numbered(RowKey.TEMPLATE, 0, Long.MAX_VALUE, row -> newest.put(RowKey.number(row.key.key()), row.value));
        newest.forEach((id, row) -> templates.add(new TemplateBytes(id, row)));
    }

    /** Only these templates: a look-up each. */
    void templates(Iterable<Integer> ids) {
        for (int id : ids) {
            byte[] row = newest(store, RowKey.of(RowKey.TEMPLATE, key, id));
            if (row != null && Unpacker.stamp(row) >= ledger.birth) {
                templates.add(new TemplateBytes(id, row));
            }
        }
    }

    void slots() {
        numbered(RowKey.SLOTS, 0, Long.MAX_VALUE, row -> slots.put(RowKey.number(row.key.key()), row.value));
    }

    void slots(int id) {
        byte[] row = newest(store, RowKey.of(RowKey.SLOTS, key, id));
        if (row != null && Unpacker.stamp(row) >= ledger.birth) {
            slots.put(id, row);
        }
    }

    private void numbered(byte kind, long from, long to, Consumer<KeyValue<Windowed<Bytes>, byte[]>> visitor) {
        scan(RowKey.of(kind, key, 0), RowKey.of(kind, key, Integer.MAX_VALUE), from, to, visitor);
    }

    /** Rows of an earlier run of the same name are passed over. */
    private void scan(
            Bytes first, Bytes last, long from, long to, Consumer<KeyValue<Windowed<Bytes>, byte[]>> visitor) {
        try (KeyValueIterator<Windowed<Bytes>, byte[]> rows =
                store.fetch(first, last, Times.instant(from), Times.instant(to))) {
            while (rows.hasNext()) {
                KeyValue<Windowed<Bytes>, byte[]> row = rows.next();
                if (Unpacker.stamp(row.value) >= ledger.birth) {
                    visitor.accept(row);
                }
            }
        }
    }

    private static byte @Nullable [] newest(ReadOnlyWindowStore<Bytes, byte[]> store, Bytes key) {
        try (WindowStoreIterator<byte[]> rows =
                store.backwardFetch(key, Times.instant(0), Times.instant(Long.MAX_VALUE))) {
            return rows.hasNext() ? rows.next().value : null;
        }
    }
}
