package dev.weir.topology;

import dev.weir.topology.rows.Delta;
import dev.weir.topology.rows.Page;
import dev.weir.topology.rows.RowKey;
import java.util.BitSet;

/**
 * How a batch's tallies become rows: as the pages it touched while these are few; else as one delta of the templates it
 * touched, and after so many deltas as all their pages at once. A minute that closes leaves pages only.
 */
final class TallyRows {
    /** A put costs about what a hundred packed templates do. */
    private static final int FEW_PAGES = 4;

    private TallyRows() {}

    static void put(Step step) {
        RunModel run = step.run;
        if (step.pages.cardinality() <= FEW_PAGES) {
            putPages(step, step.pages);
            run.behind.andNot(step.pages);
        } else if (run.deltas < Delta.MOST) {
            step.puts.add(
                    RowKey.of(RowKey.TALLY, run.key, Delta.number(run.deltas++)),
                    Delta.pack(step.puts.packer(), run.ledger.minute, step.tallied, run::minute),
                    run.ledger.minute);
            run.deltaRows = Math.max(run.deltaRows, run.deltas);
            run.behind.or(step.pages);
        } else {
            run.behind.or(step.pages);
            fold(step);
        }
    }

    /** Brings the pages of the open minute up to date, before it closes. */
    static void close(Step step) {
        RunModel run = step.run;
        fold(step);
        for (int i = 0; i < run.deltaRows; i++) {
            step.puts.remove(RowKey.of(RowKey.TALLY, run.key, Delta.number(i)), run.ledger.minute);
        }
        run.deltaRows = 0;
    }

    private static void fold(Step step) {
        RunModel run = step.run;
        putPages(step, run.behind);
        run.behind.clear();
        run.deltas = 0;
    }

    private static void putPages(Step step, BitSet pages) {
        RunModel run = step.run;
        for (int page = pages.nextSetBit(0); page >= 0; page = pages.nextSetBit(page + 1)) {
            step.puts.add(
                    RowKey.of(RowKey.TALLY, run.key, page),
                    run.minute(page).pack(step.puts.packer(), run.ledger.minute),
                    run.ledger.minute);
        }
    }

    /** Takes in a row of the open minute: a page's or a delta's. */
    static void load(RunModel run, int number, byte[] row) {
        if (Delta.is(number)) {
            // The pages are due, for which of the deltas they have is not told.
            run.deltas = Delta.MOST;
            run.deltaRows = Math.max(run.deltaRows, Delta.index(number) + 1);
            Delta.unpack(row, page -> {
                run.behind.set(page);
                return opened(run, page);
            });
        } else {
            opened(run, number).raise(Page.unpack(row));
        }
    }

    private static Page opened(RunModel run, int page) {
        run.openPages.set(page);
        return run.minute(page);
    }
}
