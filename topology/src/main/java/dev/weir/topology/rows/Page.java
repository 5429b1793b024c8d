package dev.weir.topology.rows;

import java.util.Arrays;

/**
 * Counts of up to 128 templates, packed: a page of tallies holds one minute, a page of totals everything before a
 * minute. One array, in which what is known of a template lies together: a batch touches many templates once each, and
 * what costs then is fetching them from memory. Confined to one thread.
 */
public final class Page {
    public static final int SIZE = 128;
    private static final int LEAST = 2;

    /** What is known of a template: lines, events, and where and when it was last seen. */
    private static final int WIDTH = 5;

    private static final int EVENTS = 1;
    private static final int OFFSET = 2;
    private static final int INDEX = 3;
    private static final int TIME = 4;

    private long[] slots = new long[LEAST * WIDTH];

    public static int page(int template) {
        return template / SIZE;
    }

    public static int slot(int template) {
        return template % SIZE;
    }

    public long lines(int slot) {
        return slot < limit() ? slots[slot * WIDTH] : 0;
    }

    public long events(int slot) {
        return slot < limit() ? slots[slot * WIDTH + EVENTS] : 0;
    }

    public long lastOffset(int slot) {
        return slots[slot * WIDTH + OFFSET];
    }

    public int lastIndex(int slot) {
        return (int) slots[slot * WIDTH + INDEX];
    }

    public long lastTime(int slot) {
        return slots[slot * WIDTH + TIME];
    }

    public void add(int slot, long moreLines, long moreEvents, long offset, int index, long time) {
        room(slot);
        int at = slot * WIDTH;
        set(slot, slots[at] + moreLines, slots[at + EVENTS] + moreEvents, offset, index, time);
    }

    private void set(int slot, long lines, long events, long offset, int index, long time) {
        int at = slot * WIDTH;
        slots[at] = lines;
        slots[at + EVENTS] = events;
        slots[at + OFFSET] = offset;
        slots[at + INDEX] = index;
        slots[at + TIME] = time;
    }

    /** Takes over counts of the same minute, if they are newer than its own: in a minute counts only grow. */
    void raise(int slot, long lines, long events, long offset, int index, long time) {
        room(slot);
        if (lines > slots[slot * WIDTH]) {
            set(slot, lines, events, offset, index, time);
        }
    }

    /** Takes over, template by template, the newer counts of the same minute. */
    public void raise(Page other) {
        for (int slot = 0; slot < other.limit(); slot++) {
            if (other.lines(slot) != 0) {
                raise(
                        slot,
                        other.lines(slot),
                        other.events(slot),
                        other.lastOffset(slot),
                        other.lastIndex(slot),
                        other.lastTime(slot));
            }
        }
    }

    /** Adds a later page to this one. */
    public void add(Page later) {
        for (int slot = 0; slot < later.limit(); slot++) {
            if (later.lines(slot) != 0) {
                add(
                        slot,
                        later.lines(slot),
                        later.events(slot),
                        later.lastOffset(slot),
                        later.lastIndex(slot),
                        later.lastTime(slot));
            }
        }
    }

    /** Takes back what a later page added; where a template was last seen before that, the page does not know. */
    public void subtract(Page later) {
        for (int slot = 0; slot < Math.min(limit(), later.limit()); slot++) {
            slots[slot * WIDTH] -= later.lines(slot);
            slots[slot * WIDTH + EVENTS] -= later.events(slot);
        }
    }

    /** Takes a template out, and tells how many lines it had. */
    public long remove(int slot) {
        if (slot >= limit()) {
            return 0;
        }
        long had = slots[slot * WIDTH];
        slots[slot * WIDTH] = 0;
        slots[slot * WIDTH + EVENTS] = 0;
        return had;
    }

    public void clear() {
        Arrays.fill(slots, 0);
    }

    public boolean isEmpty() {
        for (int slot = 0; slot < limit(); slot++) {
            if (slots[slot * WIDTH] != 0) {
                return false;
            }
        }
        return true;
    }

    /** Slots used are below this. */
    public int limit() {
        return slots.length / WIDTH;
    }

    public long heapBytes() {
        return 32 + 8L * slots.length;
    }

    /** @param until what the page reflects: of totals, the start of the first minute not in them */
    public byte[] pack(Packer out, long until) {
        out.start(Layout.CURRENT).number(until);
        long offset = 0;
        for (int slot = 0; slot < limit(); slot++) {
            if (lines(slot) != 0) {
                out.octet(slot);
                offset = packSlot(out, slot, offset, until);
            }
        }
        return out.toBytes();
    }

    /** @return the last offset, from which the next one's is told */
    long packSlot(Packer out, int slot, long offset, long until) {
        long lines = lines(slot);
        out.number(lines).number(lines - events(slot));
        out.signed(lastOffset(slot) - offset).number(lastIndex(slot)).signed(lastTime(slot) - until);
        return lastOffset(slot);
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
            offset = page.unpackSlot(in, in.octet(), offset, until);
        }
        return page;
    }

    long unpackSlot(Unpacker in, int slot, long before, long until) {
        long lines = in.number();
        long events = lines - in.number();
        long offset = before + in.signed();
        raise(slot, lines, events, offset, in.integer(), in.signed() + until);
        return offset;
    }

    private void room(int slot) {
        if (slot >= limit()) {
            slots = Arrays.copyOf(slots, WIDTH * Math.min(SIZE, Math.max(slot + 1, limit() * 2)));
        }
    }
}
