package dev.weir.drain;

import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/** A miner's state as rows, and back: what changed is handed over after each batch, what its slots have seen now and then. */
public final class MinerRows {
    private static final int FETCHED = 64;

    private final Miner miner;
    private final Catalogue catalogue;
    private final List<Template> touched;
    private final Collection<Miner.Source> sources;

    /** @param touched templates that have had lines since their tallies were handed over */
    MinerRows(Miner miner, Catalogue catalogue, List<Template> touched, Collection<Miner.Source> sources) {
        this.miner = miner;
        this.catalogue = catalogue;
        this.touched = touched;
        this.sources = sources;
    }

    /** Hands over every row that changed since the last call. */
    public void drainDirty(Rows rows) {
        for (Template t : catalogue.roster.dirty) {
            t.dirty = false;
            rows.template(t.id, TemplateRow.write(t));
        }
        catalogue.roster.dirty.clear();
        int size = touched.size();
        for (int from = 0; from < size; from += FETCHED) {
            int to = Math.min(size, from + FETCHED);
            // Of thousands of templates none is in the processor's caches; a loop as short as this one fetches several
            // at once.
            for (int i = from; i < to; i++) {
                Template t = touched.get(i);
                t.touched = false;
                t.slotsDirty = true;
            }
            for (int i = from; i < to; i++) {
                Template t = touched.get(i);
                rows.tally(t, t.count - t.talliedCount, t.events - t.talliedEvents);
                t.tallied();
            }
        }
        touched.clear();
        for (Miner.Source source : sources) {
            if (source.touched) {
                source.touched = false;
                rows.source(source.name, SourceRow.write(source));
            }
        }
    }

    /** The row of a template's slot summaries, at most 4 kB; write it now and then. */
    public byte[] slotsRow(int id) {
        Template t = miner.template(id);
        t.slotsDirty = false;
        return SlotsRow.write(t);
    }

    /** Visits templates that have had lines since their slots' row was last taken. */
    public void dirtySlots(Consumer<Template> visitor) {
        for (int i = 0; i < catalogue.roster.size(); i++) {
            Template t = catalogue.roster.get(i);
            if (t != null && t.slotsDirty && t.live()) {
                visitor.accept(t);
            }
        }
    }

    /** Puts a template back. Templates come first, in order of their ids; then the rest in any order. */
    public void restoreTemplate(byte[] row) {
        catalogue.restore(TemplateRow.read(row));
    }

    /** Puts a template's counts back. */
    public void restoreTally(int id, long count, long events, long lastOffset, int lastIndex) {
        Template t = miner.template(id);
        t.count = count;
        t.events = events;
        t.tallied();
        t.lastOffset = lastOffset;
        t.lastIndex = lastIndex;
    }

    public void restoreSource(byte[] row) {
        SourceRow.read(row, miner::source, catalogue);
    }

    public void restoreSlots(int id, byte[] row) {
        SlotsRow.read(miner.template(id), row);
    }

    /** Ends restoring. Ids below {@code nextId} have been used before, whether their rows are left or not. */
    public void restored(int nextId) {
        catalogue.roster.skipTo(nextId);
        catalogue.roster.tie();
    }
}
