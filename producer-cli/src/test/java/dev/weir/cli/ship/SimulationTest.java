package dev.weir.cli.ship;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(1_800)
class SimulationTest {
    /** {@code -Dweir.seeds=300000} for the long form, which takes eight minutes, {@code -Dweir.seed=N} for one that has failed. */
    @Test
    void losesNothingRepeatsNothingAndCountsEverythingWhateverGoesWrong() throws Exception {
        Long one = Long.getLong("weir.seed");
        long first = one == null ? 0 : one;
        long last = one == null ? Long.getLong("weir.seeds", 1_000) : one + 1;
        for (long seed = first; seed < last; seed++) {
            try {
                new Simulation(seed).run();
            } catch (RuntimeException failure) {
                throw new AssertionError("seed " + seed, failure);
            }
        }
    }
}
