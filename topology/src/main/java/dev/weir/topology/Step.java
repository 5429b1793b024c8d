package dev.weir.topology;

import dev.weir.schemas.TemplateEvent;
import dev.weir.schemas.TemplateEventKind;
import dev.weir.topology.rows.Packer;
import dev.weir.topology.rows.Pinned;
import dev.weir.topology.rows.RowKey;
import dev.weir.topology.rows.SourceRow;
import dev.weir.topology.rows.TemplateRow;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One record's work on one run: when and where it is, the templates whose rows must be written, the events that go out.
 * Confined to one stream task.
 */
final class Step {
    final RunModel run;
    /** The record's offset; of a step by the clock, that of the run's last record. */
    final long offset;
    /** Its arrival, never before the run's last. */
    final long time;

    /** Start of the bucket it lies in. */
    final long bucket;

    final Puts puts;
    final BitSet rewrite = new BitSet();
    /** Templates counted, and their pages. */
    final BitSet tallied = new BitSet();

    final BitSet pages = new BitSet();
    final BitSet totals = new BitSet();
    final Set<SourceRow> sources = new LinkedHashSet<>();
    final List<SourceRow> extraSources = new ArrayList<>();
    final List<TemplateEvent> events = new ArrayList<>();
    boolean statusChanged;
    boolean endedWell;
    boolean newBucket;
    /** The model must be built again from its rows, for its miner is to follow other settings. */
    boolean rebuild;
    /** Entries refused because they are too long; the record that has them is kept for whoever wants to know. */
    int tooLong;

    Step(RunModel run, long offset, long time, long bucket, Puts puts) {
        this.run = run;
        this.offset = offset;
        this.time = time;
        this.bucket = bucket;
        this.puts = puts;
    }

    void event(TemplateRow row, TemplateEventKind kind, @Nullable String previousText) {
        events.add(TemplateEvents.of(run, row, kind, previousText));
        run.untold.remove(row.id);
    }

    /** Gathers the rows that changed. */
    void gather(Buckets buckets) {
        String key = run.key;
        Packer packer = puts.packer();
        rewrite.stream().forEach(id -> {
            TemplateRow row = run.template(id);
            if (row != null) {
                run.booked.written(id, bucket);
                run.booked.complete(row);
                byte[] bytes = row.pack(packer);
                run.rowBytes(row, bytes.length);
                puts.add(RowKey.of(RowKey.TEMPLATE, key, id), bytes, bucket);
            }
        });
        totals.stream()
                .forEach(page -> puts.add(
                        RowKey.of(RowKey.TOTALS, key, page),
                        run.totals(page).pack(packer, run.ledger.minute),
                        buckets.totals(time)));
        TallyRows.put(this);
        for (SourceRow source : sources) {
            puts.add(RowKey.of(RowKey.SOURCE, key, source.name), source.pack(packer), bucket);
        }
        for (SourceRow source : extraSources) {
            puts.add(RowKey.of(RowKey.EXTRA_SOURCE, key, source.name), source.pack(packer), bucket);
        }
        if (run.factsChanged) {
            puts.add(RowKey.of(RowKey.FACTS, key), run.facts.pack(packer), bucket);
            Pinned baseline = run.baseline;
            if (baseline != null) {
                puts.add(RowKey.of(RowKey.BASELINE, key), baseline.pack(packer), bucket);
            }
        }
        run.ledger.nextTemplate = run.miner.nextId();
        if (run.untold.isEmpty()) {
            run.ledger.told = run.ledger.offset;
        }
        run.toldInRow = run.ledger.told;
        puts.add(RowKey.of(RowKey.LEDGER, key), run.ledger.pack(packer), bucket);
    }
}
