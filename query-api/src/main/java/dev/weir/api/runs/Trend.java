package dev.weir.api.runs;

import dev.weir.topology.RunView;
import java.util.ArrayList;
import java.util.List;

/**
 * Lines per step of arrival time, oldest first; the last step is the one under way.
 *
 * @param start of the first step, in milliseconds
 */
record Trend(long start, long step, int steps) {
    private static final long MINUTE = 60_000;
    private static final int STEPS = 10;

    /** The last ten minutes before {@code end}, or the window in at most ten steps of whole minutes. */
    static Trend of(long from, long end) {
        long last = end / MINUTE * MINUTE;
        if (from == 0) {
            return new Trend(last - (STEPS - 1) * MINUTE, MINUTE, STEPS);
        }
        long minutes = Math.max(1, (last - from) / MINUTE + 1);
        long step = (minutes + STEPS - 1) / STEPS * MINUTE;
        return new Trend(from, step, (int) ((minutes * MINUTE + step - 1) / step));
    }

    List<Long> of(List<RunView.Tally> tallies) {
        long[] counts = new long[steps];
        boolean any = false;
        for (RunView.Tally tally : tallies) {
            long at = tally.minute() < start ? -1 : (tally.minute() - start) / step;
            if (at >= 0 && at < steps) {
                counts[(int) at] += tally.lines();
                any = true;
            }
        }
        if (!any) {
            return List.of();
        }
        List<Long> all = new ArrayList<>(steps);
        for (long count : counts) {
            all.add(count);
        }
        return all;
    }
}
