package dev.weir.drain;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Which template an exact shape belongs to: a bounded cache that decides nothing, and is emptied when it is full. */
final class Shapes {
    /** What is remembered of a shape, the plan of its slots included. */
    static final class Entry extends SlotPlan {
        private long shape;
        /** The catalogue's age when this was last found to hold. */
        private long age;

        final Template template;
        final @Nullable Structure structure;
        final int version;
        /** What kind of trace lines of this shape announce, and the level their words imply. */
        final Event.Kind announces;

        final Level implied;

        /** Lines of this shape that were lexed once it was known. */
        int lexed;

        Entry(Template template, @Nullable Structure structure, long age, Event.Kind announces, Level implied) {
            this.age = age;
            this.template = template;
            this.announces = announces;
            this.implied = implied;
            this.structure = structure;
            this.version = structure == null ? 0 : structure.version;
        }

        /** Whether lines of this shape still belong to the template. Neither it nor its structure is fetched while nothing changes. */
        boolean valid(long now) {
            return age == now || stillValid(now);
        }

        private boolean stillValid(long now) {
            boolean valid = template.live() && (structure == null || structure.version == version);
            age = valid ? now : age;
            return valid;
        }
    }

    private final int most;
    private @Nullable Entry[] entries = new @Nullable Entry[16];
    private int size;

    Shapes(int most) {
        this.most = most;
    }

    @Nullable
    Entry get(long shape) {
        int mask = entries.length - 1;
        int i = (int) shape & mask;
        Entry e;
        while ((e = entries[i]) != null && e.shape != shape) {
            i = i + 1 & mask;
        }
        return e;
    }

    void put(long shape, Entry entry) {
        if (size >= most) {
            Arrays.fill(entries, null);
            size = 0;
        }
        if ((size + 1) * 2 > entries.length) {
            grow();
        }
        entry.shape = shape;
        insert(entry);
    }

    private void insert(Entry entry) {
        int mask = entries.length - 1;
        int i = (int) entry.shape & mask;
        Entry e;
        while ((e = entries[i]) != null && e.shape != entry.shape) {
            i = i + 1 & mask;
        }
        size += e == null ? 1 : 0;
        entries[i] = entry;
    }

    private void grow() {
        @Nullable Entry[] old = entries;
        entries = new @Nullable Entry[old.length * 2];
        size = 0;
        for (Entry e : old) {
            if (e != null) {
                insert(e);
            }
        }
    }
}
