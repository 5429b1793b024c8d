package dev.weir.topology;

import org.jspecify.annotations.Nullable;

/**
 * How many models one tick of the clock may build from rows: some tens of milliseconds' work. After an outage thousands
 * of runs may want it at once; a stream thread that did them all in one tick would hold them all up, outlive its
 * transaction, be fenced for it and have it all to do again. Confined to one stream task.
 */
final class Allowance {
    private static final int MOST = 4_000;
    private static final int A_RUN = 10;

    private int spent;

    boolean more() {
        return spent < MOST;
    }

    /** @param run what was built; null if there was nothing to build */
    void spend(@Nullable RunModel run) {
        spent += A_RUN + (run == null ? 0 : run.templateLimit());
    }
}
