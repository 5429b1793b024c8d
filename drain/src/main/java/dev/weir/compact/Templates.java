package dev.weir.compact;

import java.util.Arrays;

/** How many lines each template has, as far as they were looked at. */
final class Templates {
    private int[] counts = new int[256];

    void add(int template) {
        if (template >= counts.length) {
            counts = Arrays.copyOf(counts, Math.max(template + 1, 2 * counts.length));
        }
        if (template >= 0) {
            counts[template]++;
        }
    }

    /** At least one: a line that nobody mined is the only one of its kind. */
    int count(int template) {
        return template < 0 || template >= counts.length ? 1 : Math.max(1, counts[template]);
    }
}
