package dev.weir.drain;

import org.jspecify.annotations.Nullable;

/** All structures by the hash of their form, without a box per entry. */
final class Structures {
    private static final int LEAST = 8;

    private long[] keys = new long[LEAST];
    private @Nullable Structure[] values = new @Nullable Structure[LEAST];
    private int size;

    @Nullable
    Structure get(long form) {
        return values[at(form)];
    }

    Structure getOrMake(long form) {
        Structure known = get(form);
        if (known != null) {
            return known;
        }
        if ((size + 1) * 2 > keys.length) {
            grow();
        }
        Structure made = new Structure();
        int i = at(form);
        keys[i] = form;
        values[i] = made;
        size++;
        return made;
    }

    /** Takes one out, and moves up what lies behind it where it would not be found otherwise. */
    void remove(long form) {
        int hole = at(form);
        if (values[hole] == null) {
            return;
        }
        size--;
        int mask = keys.length - 1;
        for (int i = hole + 1 & mask; values[i] != null; i = i + 1 & mask) {
            int home = (int) keys[i] & mask;
            if ((i - home & mask) >= (i - hole & mask)) {
                keys[hole] = keys[i];
                values[hole] = values[i];
                hole = i;
            }
        }
        values[hole] = null;
    }

    /** Where the form is, or where it belongs. */
    private int at(long form) {
        int mask = keys.length - 1;
        int i = (int) form & mask;
        while (values[i] != null && keys[i] != form) {
            i = i + 1 & mask;
        }
        return i;
    }

    private void grow() {
        long[] oldKeys = keys;
        @Nullable Structure[] old = values;
        keys = new long[oldKeys.length * 2];
        values = new @Nullable Structure[oldKeys.length * 2];
        for (int i = 0; i < old.length; i++) {
            if (old[i] != null) {
                int to = at(oldKeys[i]);
                keys[to] = oldKeys[i];
                values[to] = old[i];
            }
        }
    }
}
