package dev.weir.drain;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Which template an exact shape belongs to: a bounded cache that decides nothing, and is emptied when it is full. */
final class Shapes {
    /** What is remembered of a shape. */
    static final class Entry {
        final Template template;
        final @Nullable Structure structure;
        final int version;
        final SlotPlan plan;
        /** What kind of trace lines of this shape announce, and the level their words imply. */
        final Event.Kind announces;

        final Level implied;

        /** Lines of this shape that were lexed once it was known. */
        int lexed;

        Entry(Template template, @Nullable Structure structure, SlotPlan plan, Event.Kind announces, Level implied) {
            this.template = template;
            this.plan = plan;
            this.announces = announces;
            this.implied = implied;
            this.structure = structure;
            this.version = structure == null ? 0 : structure.version;
        }

        boolean valid() {
            return structure == null ? template.live() : structure.version == version && template.live();
        }
    }

    private final int most;
    private long[] keys = new long[16];
    private @Nullable Entry[] entries = new @Nullable Entry[16];
    private int size;

    Shapes(int most) {
        this.most = most;
    }

    @Nullable
    Entry get(long shape) {
        int mask = keys.length - 1;
        int i = (int) shape & mask;
        Entry e;
        while ((e = entries[i]) != null) {
            if (keys[i] == shape) {
                return e;
            }
            i = i + 1 & mask;
        }
        return null;
    }

    void put(long shape, Entry entry) {
        if (size >= most) {
            Arrays.fill(entries, null);
            size = 0;
        }
        if ((size + 1) * 2 > keys.length) {
            grow();
        }
        insert(shape, entry);
    }

    private void insert(long shape, Entry entry) {
        int mask = keys.length - 1;
        int i = (int) shape & mask;
        while (entries[i] != null && keys[i] != shape) {
            i = i + 1 & mask;
        }
        if (entries[i] == null) {
            size++;
        }
        keys[i] = shape;
        entries[i] = entry;
    }

    private void grow() {
        long[] oldKeys = keys;
        @Nullable Entry[] oldEntries = entries;
        keys = new long[oldKeys.length * 2];
        entries = new @Nullable Entry[oldKeys.length * 2];
        size = 0;
        for (int i = 0; i < oldKeys.length; i++) {
            Entry e = oldEntries[i];
            if (e != null) {
                insert(oldKeys[i], e);
            }
        }
    }
}
