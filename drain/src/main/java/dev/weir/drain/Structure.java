package dev.weir.drain;

import java.util.ArrayList;
import java.util.List;

/** The templates with the same number of tokens and the same punctuation in the same places: those that could merge. */
final class Structure {
    /** More ways to read one structure than this are noise; its templates then stay apart. */
    private static final int MAX_READINGS = 32;

    final List<Template> templates = new ArrayList<>();

    /** Sets of positions at which some template of this structure has learnt a value. */
    long[] readings = new long[0];

    /** Grows whenever a remembered shape might now belong elsewhere. */
    int version;

    boolean admits(long reading) {
        return knows(reading) || readings.length < MAX_READINGS;
    }

    /** Learns the readings anew from the templates that are left: rows hold templates only. */
    void relearn() {
        version++;
        readings = templates.stream()
                .mapToLong(t -> t.evidence)
                .filter(e -> e != 0)
                .distinct()
                .toArray();
    }

    private boolean knows(long reading) {
        for (long r : readings) {
            if (r == reading) {
                return true;
            }
        }
        return false;
    }
}
