package dev.weir.topology.rows;

import java.util.Arrays;

/**
 * Counts of up to 128 templates, packed: a page of tallies holds one minute, a page of totals everything before a
 * minute. Arrays instead of objects, for a batch touches dozens of templates. Confined to one thread.
 */
public final class Page {
    public static final int SIZE = 128;
    private static final int LEAST = 8;

    private long[] lines = new long[LEAST];
    private long[] events = new long[LEAST];
    private long[] lastOffset = new long[LEAST];
    private int[] lastIndex = new int[LEAST];
    private long[] lastTime = new long[LEAST];

    public static int page(int template) {
        return template / SIZE;
    }

    public static int slot(int template) {
        return template % SIZE;
    }

    public long lines(int slot) {
        return slot < lines.length ? lines[slot] : 0;
    }

    public long events(int slot) {
        return slot < events.length ? events[slot] : 0;
    }

    public long lastOffset(int slot) {
        return lastOffset[slot];
    }

    public int lastIndex(int slot) {
        return lastIndex[slot];
    }

    public long lastTime(int slot) {
        return lastTime[slot];
    }

    public void add(int slot, long moreLines, long moreEvents, long offset, int index, long time) {
        room(slot);
        lines[slot] += moreLines;
        events[slot] += moreEvents;
        lastOffset[slot] = offset;
        lastIndex[slot] = index;
        lastTime[slot] = time;
    }

    /** Adds a later page to this one. */
    public void add(Page later) {
        for (int slot = 0; slot < later.lines.length; slot++) {
            if (later.lines[slot] != 0) {
                add(
                        slot,
                        later.lines[slot],
                        later.events[slot],
                        later.lastOffset[slot],
                        later.lastIndex[slot],
                        later.lastTime[slot]);
            }
        }
    }

    /** Takes back what a later page added; where a template was last seen before that, the page does not know. */
    public void subtract(Page later) {
        for (int slot = 0; slot < Math.min(lines.length, later.lines.length); slot++) {
            lines[slot] -= later.lines[slot];
            events[slot] -= later.events[slot];
        }
    }

    /** Takes a template out, and tells how many lines it had. */
    public long remove(int slot) {
        if (slot >= lines.length) {
            return 0;
        }
        long had = lines[slot];
        lines[slot] = 0;
        events[slot] = 0;
        return had;
    }

    public void clear() {
        Arrays.fill(lines, 0);
        Arrays.fill(events, 0);
    }

    public boolean isEmpty() {
        for (long count : lines) {
            if (count != 0) {
                return false;
            }
        }
        return true;
    }

    /** Slots used are below this. */
    public int limit() {
        return lines.length;
    }

    public long heapBytes() {
        return 120 + 36L * lines.length;
    }

    /** @param until what the page reflects: of totals, the start of the first minute not in them */
    public byte[] pack(Packer out, long until) {
        out.start(Layout.CURRENT).number(until);
        long offset = 0;
        for (int slot = 0; slot < lines.length; slot++) {
            if (lines[slot] != 0) {
                out.octet(slot).number(lines[slot]).number(lines[slot] - events[slot]);
                out.signed(lastOffset[slot] - offset).number(lastIndex[slot]).signed(lastTime[slot] - until);
                offset = lastOffset[slot];
            }
        }
        return out.toBytes();
    }

    public static long until(byte[] row) {
        return new Unpacker(row).number();
    }

    public static Page unpack(byte[] row) {
        Unpacker in = new Unpacker(row);
        Page page = new Page();
        long until = in.number();
        long offset = 0;
        while (in.more()) {
            int slot = in.octet();
            long lines = in.number();
            long events = lines - in.number();
            offset += in.signed();
            page.add(slot, lines, events, offset, in.integer(), in.signed() + until);
        }
        return page;
    }

    private void room(int slot) {
        if (slot >= lines.length) {
            int size = Math.min(SIZE, Math.max(slot + 1, lines.length * 2));
            lines = Arrays.copyOf(lines, size);
            events = Arrays.copyOf(events, size);
            lastOffset = Arrays.copyOf(lastOffset, size);
            lastIndex = Arrays.copyOf(lastIndex, size);
            lastTime = Arrays.copyOf(lastTime, size);
        }
    }
}
