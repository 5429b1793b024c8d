package dev.weir.topology;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Tallies of one template and of those that went into it, as one list. */
final class Tallies {
    private Tallies() {}

    static List<RunView.Tally> merge(List<List<RunView.Tally>> parts) {
        if (parts.size() == 1) {
            return parts.get(0);
        }
        Map<Long, RunView.Tally> byMinute = new TreeMap<>();
        for (List<RunView.Tally> part : parts) {
            for (RunView.Tally tally : part) {
                byMinute.merge(tally.minute(), tally, Tallies::sum);
            }
        }
        return new ArrayList<>(byMinute.values());
    }

    private static RunView.Tally sum(RunView.Tally one, RunView.Tally other) {
        return new RunView.Tally(
                one.minute(),
                one.lines() + other.lines(),
                one.events() + other.events(),
                one.last().compareTo(other.last()) >= 0 ? one.last() : other.last());
    }
}
