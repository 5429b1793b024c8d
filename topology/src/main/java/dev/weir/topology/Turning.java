package dev.weir.topology;

import dev.weir.drain.Template;
import dev.weir.schemas.TemplateEventKind;
import dev.weir.topology.rows.Ledger;
import dev.weir.topology.rows.Page;
import dev.weir.topology.rows.RowKey;
import dev.weir.topology.rows.SlotsRow;
import dev.weir.topology.rows.SourceRow;
import dev.weir.topology.rows.TemplateRow;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * What happens when a run enters a new minute or a new bucket, in the batch that does so: a minute's tallies go into the
 * totals; a bucket moves what has left to <em>evicted</em> and carries what must outlive the old one's rows.
 */
final class Turning {
    private final Buckets buckets;
    private final int templatesPerRun;
    private final long bytesPerRun;
    private final long quietAfter;

    Turning(TopologySettings settings) {
        this.buckets = Buckets.of(settings);
        this.templatesPerRun = settings.templatesPerRun();
        this.bytesPerRun = settings.bytesPerRun();
        this.quietAfter = settings.quietAfter().toMillis();
    }

    void enter(Step step) {
        Ledger ledger = step.run.ledger;
        long minute = Buckets.minute(step.time);
        if (step.run.rowBytes > bytesPerRun && ledger.templateCap == 0) {
            ledger.templateCap = Math.max(Mining.LEAST_TEMPLATES, step.run.miner.liveCount());
            step.rebuild = true;
        }
        if (minute > ledger.minute) {
            byte[] closed = ledger.pack(step.puts.packer());
            step.puts.add(RowKey.of(RowKey.CLOSED, step.run.key), closed, ledger.minute);
            boolean newBucket = step.bucket > buckets.start(ledger.lastActivity);
            Signals.minute(step);
            closeMinute(step, newBucket);
            quiet(step, ledger.minute, minute);
            ledger.minute = minute;
            if (newBucket) {
                step.newBucket = true;
                evict(step, row -> buckets.left(step.run.lastTime(row.id), step.time));
                carry(step);
            } else if (step.run.miner.liveCount() >= cap(ledger)) {
                makeRoom(step);
            }
            if (ledger.templateCap > 0 && step.run.rowBytes < bytesPerRun / 4 * 3) {
                ledger.templateCap = 0;
                step.rebuild = true;
            }
        }
    }

    private int cap(Ledger ledger) {
        return ledger.templateCap > 0 ? ledger.templateCap : templatesPerRun;
    }

    private void closeMinute(Step step, boolean newBucket) {
        RunModel run = step.run;
        TallyRows.close(step);
        run.openPages.stream().forEach(page -> {
            run.totals(page).add(run.minute(page));
            run.minute(page).clear();
            if (!newBucket) {
                step.totals.set(page);
            }
        });
        run.openPages.clear();
        keepSlots(step);
    }

    /** Writes what slots have learnt since they were written last. */
    static void keepSlots(Step step) {
        step.run.miner.rows().dirtySlots(mined -> putSlots(step, mined));
    }

    private static void putSlots(Step step, Template mined) {
        RunModel run = step.run;
        int id = mined.id();
        TemplateRow template = run.template(id);
        if (template != null) {
            run.booked.complete(template);
        }
        byte[] row = new SlotsRow(run.miner.rows().slotsRow(id), template == null ? null : template.lastSample())
                .pack(step.puts.packer());
        run.slotBytes(id, row.length);
        step.puts.add(RowKey.of(RowKey.SLOTS, run.key, id), row, step.bucket);
    }

    /** Templates that were there and went quiet while the run goes on: told once, by a minute that finds them so. */
    private void quiet(Step step, long lastMinute, long minute) {
        for (int id = 0; id < step.run.templateLimit(); id++) {
            TemplateRow row = step.run.template(id);
            if (row != null && row.live()) {
                long quietFrom = step.run.lastTime(id) + quietAfter;
                if (quietFrom >= lastMinute && quietFrom < minute) {
                    step.event(row, TemplateEventKind.QUIET, null);
                }
            }
        }
    }

    /** Only templates idle for a bucket make room, the idlest first; a tenth at once, so that it is seldom. */
    private void makeRoom(Step step) {
        RunModel run = step.run;
        long idle = step.time - buckets.millis();
        int room = Math.max(1, cap(run.ledger) / 10);
        List<Integer> idlest = IntStream.range(0, run.templateLimit())
                .filter(id -> {
                    TemplateRow row = run.template(id);
                    return row != null && row.live() && !row.overflow && run.lastTime(id) <= idle;
                })
                .boxed()
                .sorted(Comparator.comparingLong(run::lastTime))
                .limit(room)
                .toList();
        if (!idlest.isEmpty()) {
            evict(step, row -> idlest.contains(row.id));
        }
    }

    private static void evict(Step step, Predicate<TemplateRow> leaves) {
        RunModel run = step.run;
        for (int id = 0; id < run.templateLimit(); id++) {
            TemplateRow row = run.template(id);
            if (row != null && row.live() && leaves.test(row)) {
                step.event(row, TemplateEventKind.EVICTED, null);
                row.fate = TemplateRow.EVICTED;
                Batches.changedNow(step, row);
                run.miner.evict(id);
                run.slotBytes(id, 0);
                run.ledger.templates--;
            }
        }
        for (int id = 0; id < run.templateLimit(); id++) {
            TemplateRow counts = run.resolve(id);
            if (counts == null || !counts.live()) {
                takeOut(step, id);
            }
        }
    }

    private static void takeOut(Step step, int id) {
        RunModel run = step.run;
        int page = Page.page(id);
        long lines = run.totals(page).remove(Page.slot(id));
        if (lines != 0) {
            run.ledger.evicted += lines;
            run.ledger.counted -= lines;
            step.totals.set(page);
        }
    }

    /** Rows that the new bucket must have, for those of the old ones leave with their windows. */
    private void carry(Step step) {
        RunModel run = step.run;
        step.totals.set(0, run.totals.size());
        for (SourceRow source : run.sources.values()) {
            step.sources.add(source);
        }
        run.factsChanged = true;
        for (int id = 0; id < run.templateLimit(); id++) {
            TemplateRow row = run.template(id);
            if (row != null && row.fate == TemplateRow.MERGED && mergedIntoLive(run, id)) {
                step.rewrite.set(id);
            }
        }
    }

    private static boolean mergedIntoLive(RunModel run, int id) {
        TemplateRow counts = run.resolve(id);
        return counts != null && counts.live();
    }
}
