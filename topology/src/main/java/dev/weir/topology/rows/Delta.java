package dev.weir.topology.rows;

import java.util.BitSet;
import java.util.function.IntFunction;

/**
 * The tallies of the templates that one batch touched, whatever their pages: a run of thousands of templates would else
 * write dozens of whole pages for each batch. It holds the minute's counts so far, not what the batch added, and in a
 * minute a count only grows: so of a page and any number of deltas the largest count is the newest, and a delta that has
 * been written to its pages since does no harm.
 *
 * <p>Deltas lie among the run's tally pages under numbers that no page has, so that whoever scans pages finds them.
 */
public final class Delta {
    /** So many batches before their pages are written: what is written again and what is read twice balance about there. */
    public static final int MOST = 16;

    /** Ids are ints and a page has 128 of them: no page has this number. */
    private static final int FIRST = 1 << 30;

    private Delta() {}

    public static int number(int index) {
        return FIRST + index;
    }

    /** Whether the number of a tally row is a delta's. */
    public static boolean is(int number) {
        return number >= FIRST;
    }

    public static int index(int number) {
        return number - FIRST;
    }

    /** @param pages those of the open minute, by number */
    public static byte[] pack(Packer out, long minute, BitSet templates, IntFunction<Page> pages) {
        out.start(Layout.CURRENT).number(minute);
        int before = 0;
        long offset = 0;
        for (int id = templates.nextSetBit(0); id >= 0; id = templates.nextSetBit(id + 1)) {
            out.number(id - before);
            offset = pages.apply(Page.page(id)).packSlot(out, Page.slot(id), offset, minute);
            before = id;
        }
        return out.toBytes();
    }

    /** Raises the counts of the minute's pages to the row's. */
    public static void unpack(byte[] row, IntFunction<Page> pages) {
        Unpacker in = new Unpacker(row);
        long minute = in.number();
        int id = 0;
        long offset = 0;
        while (in.more()) {
            id += in.integer();
            offset = pages.apply(Page.page(id)).unpackSlot(in, Page.slot(id), offset, minute);
        }
    }
}
