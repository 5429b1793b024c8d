package dev.weir.topology;

import dev.weir.topology.rows.Delta;
import dev.weir.topology.rows.Ledger;
import dev.weir.topology.rows.Page;
import dev.weir.topology.rows.RowKey;
import dev.weir.topology.rows.Unpacker;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
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
    private static final int FEW_TEMPLATES = 24;

    /** A tally page's bytes, or a delta's, and the minute it is of. */
    private record TallyRow(int number, long minute, byte[] row) {}

    /** What is counted of a page's templates in a minute. */
    record TallyPage(int number, long minute, Page counts) {}

    /** A totals page's bytes, newest before the time asked for. */
    record TotalsRow(int page, byte[] row) {}

    /** A template's bytes. */
    record TemplateBytes(int id, byte[] row) {}

    final Ledger ledger;
    /** The books as of the time asked for, if that is before the run's open minute. */
    @Nullable
    Ledger closed;

    byte @Nullable [] facts;
    final Map<String, byte[]> sources = new TreeMap<>();
    final List<TotalsRow> totals = new ArrayList<>();
    private final List<TallyRow> tallies = new ArrayList<>();
    private @Nullable List<TallyPage> tallyPages;
    final List<TemplateBytes> templates = new ArrayList<>();
    final Map<Integer, byte[]> slots = new TreeMap<>();

    /** What was known of all its templates and still holds; then none of their rows are copied. */
    KnownTemplates.@Nullable Run known;

    /** Whether all rows of templates and slots are here, and of what version. */
    boolean allTemplates;

    long version;

    private final ReadOnlyWindowStore<Bytes, byte[]> store;
    private final String key;
    private long newestStamp = -1;

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

    /** The books as they were when the last minute before a time closed. */
    void closed(long to) {
        if (to > ledger.minute) {
            return;
        }
        try (WindowStoreIterator<byte[]> rows = store.backwardFetch(
                RowKey.of(RowKey.CLOSED, key), Times.instant(0), Times.instant(Math.max(0, to - 1)))) {
            byte[] row = rows.hasNext() ? rows.next().value : null;
            closed = row == null || Unpacker.stamp(row) < ledger.birth ? new Ledger() : Ledger.unpack(row);
        }
    }

    static byte @Nullable [] newestFacts(ReadOnlyWindowStore<Bytes, byte[]> store, String key) {
        return newest(store, RowKey.of(RowKey.FACTS, key));
    }

    /** As much of a run as asked for; null if there is none. What happens while no writer may; see {@link RunLocks#read}. */
    static @Nullable RunCopy of(
            ReadOnlyWindowStore<Bytes, byte[]> rows, String key, Extent extent, Buckets buckets, long now) {
        return of(rows, key, extent, buckets, now, null, 0);
    }

    /**
     * The same, with what is known of the run's templates.
     *
     * @param known may be of other rows than are there now
     * @param version of the rows that are there now
     */
    static @Nullable RunCopy of(
            ReadOnlyWindowStore<Bytes, byte[]> rows,
            String key,
            Extent extent,
            Buckets buckets,
            long now,
            KnownTemplates.@Nullable Run known,
            long version) {
        RunCopy copy = RunCopy.ledger(rows, key);
        if (copy == null) {
            return null;
        }
        copy.version = version;
        boolean holds = known != null && known.isOf(version, copy.ledger.birth, buckets.start(now));
        Ledger ledger = copy.ledger;
        copy.facts();
        copy.closed(extent.to());
        boolean unchanged = extent.after() >= ledger.offset;
        if (!extent.templates()) {
            copy.sources(buckets);
        }
        // A run that enters no bucket any more leaves the sum of what has left to its readers.
        boolean idle = buckets.start(now) > buckets.start(ledger.lastActivity);
        if (idle || extent.templates() && !(unchanged && extent.template().isEmpty())) {
            copy.counts(buckets, extent.to());
            tallies(copy, extent);
            if (holds) {
                copy.known = known;
            } else {
                templates(copy, extent, idle);
            }
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
            copy.all(extent);
        } else {
            Set<Integer> seen = seen(copy, extent.after());
            if (seen.size() > FEW_TEMPLATES) {
                // One look through all of them takes less than many look-ups, and is known for the next reader.
                copy.all(extent);
                return;
            }
            copy.templates(seen);
            if (extent.slots()) {
                seen.forEach(copy::slots);
            }
        }
    }

    private void all(Extent extent) {
        templates();
        if (extent.slots()) {
            slots();
            allTemplates = true;
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

    void facts() {
        byte[] row = newest(store, RowKey.of(RowKey.FACTS, key));
        facts = row == null || Unpacker.stamp(row) < ledger.birth ? null : row;
    }

    void sources(Buckets buckets) {
        scan(
                RowKey.first(RowKey.SOURCE, key),
                RowKey.last(RowKey.SOURCE, key),
                buckets.start(ledger.lastActivity),
                Times.LAST,
                row -> sources.put(RowKey.name(row.key.key()), row.value));
    }

    /** Totals as of a time, and the tallies that make them exact to the minute. */
    void counts(Buckets buckets, long to) {
        boolean now = to > ledger.lastActivity;
        long from = now ? buckets.start(ledger.lastActivity) - Buckets.HOUR : 0;
        long last = now ? Times.LAST : buckets.totals(to);
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

    /** The tallies copied, decoded when first asked for; what deltas say is in their pages. */
    List<TallyPage> tallies() {
        List<TallyPage> known = tallyPages;
        if (known != null) {
            return known;
        }
        Map<Long, Map<Integer, Page>> minutes = new TreeMap<>();
        for (TallyRow row : tallies) {
            Map<Integer, Page> pages = minutes.computeIfAbsent(row.minute, fresh -> new TreeMap<>());
            if (Delta.is(row.number)) {
                Delta.unpack(row.row, number -> pages.computeIfAbsent(number, fresh -> new Page()));
            } else {
                pages.computeIfAbsent(row.number, fresh -> new Page()).raise(Page.unpack(row.row));
            }
        }
        List<TallyPage> decoded = new ArrayList<>();
        minutes.forEach((minute, pages) ->
                pages.forEach((number, counts) -> decoded.add(new TallyPage(number, minute, counts))));
        tallyPages = decoded;
        return decoded;
    }

    void templates() {
        Map<Integer, byte[]> newest = new TreeMap<>();
        numbered(RowKey.TEMPLATE, 0, Times.LAST, row -> newest.put(RowKey.number(row.key.key()), row.value));
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
        numbered(RowKey.SLOTS, 0, Times.LAST, row -> slots.put(RowKey.number(row.key.key()), row.value));
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
                newestStamp = Math.max(newestStamp, Unpacker.stamp(row.value));
                if (Unpacker.stamp(row.value) >= ledger.birth) {
                    visitor.accept(row);
                }
            }
        }
    }

    /** Whether all rows are of the ledger's state: nothing newer has been put, and the ledger is still the newest. */
    boolean isWhole() {
        byte[] row = newest(store, RowKey.of(RowKey.LEDGER, key));
        return newestStamp <= ledger.offset && row != null && Unpacker.stamp(row) == ledger.offset;
    }

    private static byte @Nullable [] newest(ReadOnlyWindowStore<Bytes, byte[]> store, Bytes key) {
        try (WindowStoreIterator<byte[]> rows = store.backwardFetch(key, Times.instant(0), Times.instant(Times.LAST))) {
            return rows.hasNext() ? rows.next().value : null;
        }
    }
}
