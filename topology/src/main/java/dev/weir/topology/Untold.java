package dev.weir.topology;

import java.util.BitSet;
import java.util.function.IntConsumer;

/**
 * Templates of a run whose counts {@code weir.templates} does not know yet. They are told in rounds, from the lowest id to
 * the highest, some at a time: what a run of ten thousand templates costs by the second must not grow with them. Confined
 * to one stream task.
 */
final class Untold {
    /** Of one run at one tick: told each second, so many cost the stream thread less than a hundredth of it. */
    static final int AT_ONCE = 1_000;

    private final BitSet templates = new BitSet();
    /** Where the round goes on; 0 if a new one begins. */
    private int next;
    /** The run's offset when the round began. */
    private long began;

    void add(int template) {
        templates.set(template);
    }

    void remove(int template) {
        templates.clear(template);
    }

    boolean isEmpty() {
        return templates.isEmpty();
    }

    /**
     * Takes at most so many.
     *
     * @param offset the run's, now
     * @return the offset up to which every count has been taken; -1 while the round is not at its end
     */
    long take(int most, long offset, IntConsumer taker) {
        if (next == 0) {
            began = offset;
        }
        int id = templates.nextSetBit(next);
        for (int taken = 0; id >= 0 && taken < most; taken++) {
            templates.clear(id);
            taker.accept(id);
            id = templates.nextSetBit(id + 1);
        }
        next = Math.max(0, id);
        return id < 0 ? began : -1;
    }
}
