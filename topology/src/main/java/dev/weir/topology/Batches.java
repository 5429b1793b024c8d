package dev.weir.topology;

import dev.weir.drain.Change;
import dev.weir.drain.Miner;
import dev.weir.drain.Rows;
import dev.weir.drain.Template;
import dev.weir.schemas.LineBatchReader;
import dev.weir.schemas.Marker;
import dev.weir.schemas.RunState;
import dev.weir.schemas.TemplateEventKind;
import dev.weir.topology.rows.Ledger;
import dev.weir.topology.rows.Page;
import dev.weir.topology.rows.Pinned;
import dev.weir.topology.rows.SourceRow;
import dev.weir.topology.rows.TemplateRow;
import dev.weir.topology.rows.TemplateRow.SampleBytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Counts a batch of lines: drops what was accepted before, mines the rest, and books every line exactly once. What it
 * reads (the union of accepted sequence numbers) and what it counts (the miner's own counts) are never derived from each
 * other: their sum is the proof.
 */
final class Batches {
    /** Edges split longer lines, so that a batch always fits a record. */
    static final int LONGEST_ENTRY = 256 << 10;

    private static final String TOO_LONG = "entry longer than 256 KiB";
    private static final int LONGEST_EVIDENCE = 400;
    private static final String TOO_MANY_SOURCES = "more than 4096 sources in a run";

    /** A change of structure in the middle of a batch, told when its counts are booked. */
    private record Changed(
            int template, TemplateEventKind kind, @Nullable String previousText) {}

    /** Says how many entries of a record were too long. */
    static String tooLong(int entries) {
        return entries
                + " of its entries are longer than 256 KiB and were counted as rejected: split long lines into parts";
    }

    /** @param rows has the sources that the model does not hold */
    void apply(Step step, LineBatchReader batch, RunRows rows) {
        RunModel run = step.run;
        Ledger ledger = run.ledger;
        boolean kept = run.hasRoomFor(batch.source());
        SourceRow source = kept ? run.sources.get(batch.source()) : rows.extraSource(run, batch.source());
        if (source == null) {
            source = new SourceRow(batch.source());
            run.sources.put(source.name, source);
            ledger.sources++;
        }
        long read = source.read();
        long gaps = source.accepted.gaps();
        long missing = source.missing();
        if (source.stream.isEmpty()) {
            source.stream = batch.stream();
        }
        (kept ? step.sources : step.extraSources).add(source);
        source.epoch = Math.max(source.epoch, batch.epoch());
        source.lastActivity = step.time;
        ledger.epoch = Math.max(ledger.epoch, batch.epoch());

        Marker marker = batch.marker();
        if (marker != null) {
            mark(ledger, source, batch.firstSeq(), marker);
        } else if (kept) {
            mine(step, source, batch);
        } else {
            refuse(ledger, source, batch);
        }

        ledger.read += source.read() - read;
        ledger.gaps += source.accepted.gaps() - gaps;
        if (ledger.missing >= 0) {
            ledger.missing += source.missing() - missing;
        }
        if (ledger.ended()) {
            ledger.lateLines += source.read() - read;
            step.statusChanged = true;
        } else if (ledger.state != RunState.RUNNING) {
            LifeCycles.enter(step, RunState.RUNNING, step.time);
        }
        Signals.beat(ledger, step.time);
        ledger.lastLine = step.time;
    }

    /** Lines of a source beyond those a run may have: read and rejected, once, however often they come. */
    private static void refuse(Ledger ledger, SourceRow source, LineBatchReader batch) {
        long lines = 0;
        for (int i = 0; i < batch.size(); i++) {
            if (source.accepted.contains(batch.firstSeq() + i)) {
                source.duplicates++;
                ledger.duplicates++;
            } else if (batch.part(i) > 1) {
                source.continuations++;
            } else {
                lines++;
            }
        }
        if (batch.size() > 0) {
            source.accepted.add(batch.firstSeq(), batch.firstSeq() + batch.size());
        }
        ledger.rejected.merge(TOO_MANY_SOURCES, lines, Long::sum);
    }

    private static void mark(Ledger ledger, SourceRow source, long first, Marker marker) {
        long count = marker.getCount();
        long fresh = count == 0 ? 0 : source.accepted.add(first, Math.addExact(first, count));
        source.duplicates += count - fresh;
        ledger.duplicates += count - fresh;
        ledger.dropped.merge(marker.getReason(), fresh, Long::sum);
    }

    private static void mine(Step step, SourceRow source, LineBatchReader batch) {
        RunModel run = step.run;
        Miner miner = run.miner;
        Miner.Source mined = miner.source(source.name);
        byte[] bytes = batch.buffer();
        long first = batch.firstSeq();
        int size = batch.size();
        boolean allNew = first >= source.accepted.end();
        List<Changed> changes = new ArrayList<>();
        Map<Integer, Integer> surprises = new TreeMap<>();
        for (int i = 0; i < size; i++) {
            if (!allNew && source.accepted.contains(first + i)) {
                source.duplicates++;
                run.ledger.duplicates++;
            } else if (batch.part(i) > 1) {
                source.continuations++;
            } else if (batch.length(i) > LONGEST_ENTRY) {
                run.ledger.rejected.merge(TOO_LONG, 1L, Long::sum);
                step.tooLong++;
            } else {
                int id = miner.mine(mined, bytes, batch.offset(i), batch.length(i), step.offset, i);
                if (miner.change() != Change.NOTHING) {
                    note(step, id, i, batch, changes);
                }
                for (int k = 0; k < miner.elsewhereCount(); k++) {
                    note(step, miner.elsewhere(k).id(), i, batch, changes);
                }
                if (miner.surprise() != null) {
                    surprises.put(id, i);
                }
            }
        }
        if (size > 0) {
            source.accepted.add(first, first + size);
        }
        book(step, source, batch);
        surprises.forEach((id, i) -> Signals.tell(
                step,
                Signals.NEW_VALUE,
                id,
                new String(
                        bytes, batch.offset(i), Math.min(LONGEST_EVIDENCE, batch.length(i)), StandardCharsets.UTF_8)));
        for (Changed change : changes) {
            TemplateRow row = run.template(change.template);
            if (row != null) {
                step.event(row, change.kind, change.previousText);
            }
        }
    }

    private static void note(Step step, int id, int index, LineBatchReader batch, List<Changed> changes) {
        RunModel run = step.run;
        Miner miner = run.miner;
        TemplateRow row = run.template(id);
        Template mined = miner.template(id);
        boolean created = row == null;
        if (row == null) {
            row = new TemplateRow(id);
            row.firstOffset = step.offset;
            row.firstIndex = index;
            row.firstTime = step.time;
            row.firstEventTime = miner.eventTime() == Miner.NO_TIME
                    ? batch.baseTime() + batch.offsetMillis(index)
                    : miner.eventTime();
            row.lane = mined.lane();
            row.overflow = mined.overflow();
            row.level = mined.level().ordinal();
            row.firstSample(
                    SampleBytes.of(step.offset, index, batch.buffer(), batch.offset(index), batch.length(index)));
            run.template(row);
            run.ledger.templates++;
            changes.add(new Changed(id, TemplateEventKind.CREATED, null));
        }
        for (int i = 0; i < miner.absorbedCount(); i++) {
            TemplateRow absorbed = run.template(miner.absorbed(i).id());
            if (absorbed != null && absorbed.fate == TemplateRow.LIVE && miner.resolve(absorbed.id) == id) {
                row.absorb(absorbed);
                changedNow(step, absorbed);
                run.ledger.templates--;
                changes.add(new Changed(absorbed.id, TemplateEventKind.MERGED, null));
            }
        }
        String text = mined.text();
        if (!created && !text.equals(row.text)) {
            changes.add(new Changed(id, TemplateEventKind.GENERALISED, row.text));
        }
        row.text(text, step.offset, step.time);
        row.fingerprint = mined.fingerprint();
        row.novel = novelty(run.baseline, row.fingerprint);
        if (created) {
            Signals.created(step, row);
        }
        changedNow(step, row);
    }

    private static int novelty(@Nullable Pinned baseline, long fingerprint) {
        return baseline == null ? 0 : baseline.has(fingerprint) ? 1 : 2;
    }

    static void changedNow(Step step, TemplateRow row) {
        row.changedAt = step.offset;
        row.changedTime = step.time;
        step.run.ledger.changed = step.offset;
        step.rewrite.set(row.id);
    }

    /** Books what the miner counted since the last batch. */
    private static void book(Step step, SourceRow source, LineBatchReader batch) {
        RunModel run = step.run;
        run.miner.rows().drainDirty(new Rows() {
            @Override
            public void template(int id, byte[] learnt) {
                TemplateRow row = run.template(id);
                if (row != null) {
                    row.learnt = learnt;
                    step.rewrite.set(id);
                }
            }

            @Override
            public void source(String name, byte[] learnt) {
                SourceRow row = run.sources.get(name);
                if (row != null) {
                    row.learnt = learnt;
                }
            }

            @Override
            public void tally(Template mined, long lines, long events) {
                Batches.tally(step, source, batch, mined, lines, events);
            }
        });
    }

    private static void tally(
            Step step, SourceRow source, LineBatchReader batch, Template mined, long lines, long events) {
        RunModel run = step.run;
        Booked booked = run.booked;
        int id = mined.id();
        TemplateRow row = run.template(id);
        if (row == null) {
            throw new IllegalStateException("Template " + id + " of " + run.key + " counts and was never created");
        }
        int page = Page.page(id);
        run.minute(page).add(Page.slot(id), lines, events, mined.lastOffset(), mined.lastIndex(), step.time);
        if (events > 0) {
            int head = mined.lastHeadIndex();
            booked.sample(
                    id, SampleBytes.of(step.offset, head, batch.buffer(), batch.offset(head), batch.length(head)));
        }
        run.openPages.set(page);
        step.tallied.set(id);
        step.pages.set(page);
        run.ledger.counted += lines;
        run.untold.add(id);
        if (!booked.knows(source.stream, id)) {
            booked.stream(source.stream, id);
            if (row.stream(source.stream)) {
                step.rewrite.set(id);
            }
        }
        if (!booked.isWritten(id, step.bucket)) {
            step.rewrite.set(id);
        }
    }
}
