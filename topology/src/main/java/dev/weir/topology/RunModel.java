package dev.weir.topology;

import dev.weir.drain.Miner;
import dev.weir.topology.rows.FactsRow;
import dev.weir.topology.rows.Ledger;
import dev.weir.topology.rows.Page;
import dev.weir.topology.rows.Pinned;
import dev.weir.topology.rows.SourceRow;
import dev.weir.topology.rows.TemplateRow;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One run in heap: a cache of its rows, never more. It may be dropped between any two batches and is rebuilt from rows
 * by {@link RunRows}. Confined to one stream task.
 */
final class RunModel {
    private static final int MOST_SOURCES = 4096;

    /** tenant/run. */
    final String key;

    final Ledger ledger;
    FactsRow facts = new FactsRow();

    @Nullable
    Pinned baseline;

    Miner miner;
    final Map<String, SourceRow> sources = new HashMap<>();
    /** By id; ids count up, those that have left are null. */
    private final List<@Nullable TemplateRow> templates = new ArrayList<>();

    /** Lines before the open minute, and of the open minute, by page. */
    final List<Page> totals = new ArrayList<>();

    final List<Page> minutes = new ArrayList<>();
    /** Pages with lines in the open minute. */
    final BitSet openPages = new BitSet();
    /** Pages of the open minute whose rows lack what a delta has. */
    final BitSet behind = new BitSet();
    /** Deltas since their pages were written; there are rows of more if pages were. */
    int deltas;

    int deltaRows;
    final Untold untold = new Untold();
    final Booked booked = new Booked();
    /** The ledger's {@code told} as its row has it. */
    long toldInRow = -1;
    /** Where the run was when the clock last ticked. */
    long tickOffset = -1;

    int idleTicks;
    /** Whether {@link Models} has it: one that was dropped is built anew from its rows. */
    boolean isKept;
    /** Whether it is in line to tell its counts. */
    boolean isToTell;

    boolean factsChanged;
    /** What the rows of its templates and slots take in the store. */
    long rowBytes;

    long heapBytes;

    RunModel(String key, Ledger ledger, Miner miner) {
        this.key = key;
        this.ledger = ledger;
        this.miner = miner;
    }

    /** Whether a source is known, or can be kept beside those that are. */
    boolean hasRoomFor(String source) {
        return sources.size() < MOST_SOURCES || sources.containsKey(source);
    }

    /** One more than the highest id. */
    int templateLimit() {
        return templates.size();
    }

    @Nullable
    TemplateRow template(int id) {
        return id < templates.size() ? templates.get(id) : null;
    }

    void template(TemplateRow row) {
        while (templates.size() <= row.id) {
            templates.add(null);
        }
        templates.set(row.id, row);
    }

    /** Notes what a template's row takes now. */
    void rowBytes(TemplateRow row, int bytes) {
        rowBytes += bytes - row.rowBytes;
        row.rowBytes = bytes;
    }

    void slotBytes(int id, int bytes) {
        TemplateRow row = template(id);
        if (row != null) {
            rowBytes += bytes - row.slotBytes;
            row.slotBytes = bytes;
        }
    }

    /** The template that counts for an id: itself, or what it was merged into. */
    @Nullable
    TemplateRow resolve(int id) {
        TemplateRow row = template(id);
        while (row != null && row.fate == TemplateRow.MERGED) {
            row = template(row.mergedInto);
        }
        return row;
    }

    Page totals(int page) {
        return page(totals, page);
    }

    Page minute(int page) {
        return page(minutes, page);
    }

    /** Lines under this very id. */
    long own(int id) {
        int page = Page.page(id);
        int slot = Page.slot(id);
        return totals(page).lines(slot) + minute(page).lines(slot);
    }

    long ownEvents(int id) {
        int page = Page.page(id);
        int slot = Page.slot(id);
        return totals(page).events(slot) + minute(page).events(slot);
    }

    /** When this very id was last seen; 0 if it never was. */
    long lastTime(int id) {
        Page page = newest(id);
        return page == null ? 0 : page.lastTime(Page.slot(id));
    }

    long lastOffset(int id) {
        Page page = newest(id);
        return page == null ? -1 : page.lastOffset(Page.slot(id));
    }

    @Nullable
    Page newest(int id) {
        int slot = Page.slot(id);
        Page minute = minute(Page.page(id));
        if (minute.lines(slot) != 0) {
            return minute;
        }
        Page total = totals(Page.page(id));
        return total.lines(slot) != 0 ? total : null;
    }

    private static Page page(List<Page> pages, int page) {
        while (pages.size() <= page) {
            pages.add(new Page());
        }
        return pages.get(page);
    }
}
