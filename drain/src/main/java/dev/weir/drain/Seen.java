package dev.weir.drain;

import java.util.Arrays;

/** How often a template was seen, and where: its first lines, while they are few, and its last. */
abstract class Seen {
    static final int MAX_PLACES = 8;
    static final long NONE = -1;
    private static final long[] NO_OFFSETS = {};
    private static final int[] NO_INDEXES = {};

    long count;
    long events;
    /** The counts that have been handed over. */
    long talliedCount;

    long talliedEvents;
    long firstOffset = NONE;
    int firstIndex;
    long lastOffset = NONE;
    int lastIndex;
    int lastHeadIndex;

    private long[] placeOffsets = NO_OFFSETS;
    private int[] placeIndexes = NO_INDEXES;
    int places;

    /** Lines of the template itself. */
    public long count() {
        return count;
    }

    /** First lines of events: lines without continuations. */
    public long events() {
        return events;
    }

    /** Where the first line stood: the offset of its record, and its index there. */
    public long firstOffset() {
        return firstOffset;
    }

    public int firstIndex() {
        return firstIndex;
    }

    public long lastOffset() {
        return lastOffset;
    }

    public int lastIndex() {
        return lastIndex;
    }

    /** Index of the last line that began an event; for whoever still has its record, as no row has it. */
    public int lastHeadIndex() {
        return lastHeadIndex;
    }

    /** How many of its first lines it remembers the place of: all of them while it is rare. */
    public int places() {
        return places;
    }

    public long placeOffset(int i) {
        return placeOffsets[i];
    }

    public int placeIndex(int i) {
        return placeIndexes[i];
    }

    final void tallied() {
        talliedCount = count;
        talliedEvents = events;
    }

    /** Counts a line; true if the row changed by it. */
    boolean count(boolean first, long offset, int index) {
        count++;
        if (first) {
            events++;
            lastHeadIndex = index;
        }
        lastOffset = offset;
        lastIndex = index;
        if (count == 1) {
            firstOffset = offset;
            firstIndex = index;
        }
        if (first && places < MAX_PLACES) {
            place(offset, index);
            return true;
        }
        return false;
    }

    /** Remembers one more place; most templates of most runs are seen once or twice. */
    void place(long offset, int index) {
        if (places == placeOffsets.length) {
            int room = Math.max(1, Math.min(MAX_PLACES, places * 2));
            placeOffsets = Arrays.copyOf(placeOffsets, room);
            placeIndexes = Arrays.copyOf(placeIndexes, room);
        }
        placeOffsets[places] = offset;
        placeIndexes[places++] = index;
    }
}
