package dev.weir.topology;

import java.util.List;

/**
 * The runs of one server, with the partitions they were read from: a gatherer sees which partitions nobody answered for.
 */
public record LocalRuns(List<RunView> runs, List<Integer> partitions) {
    public LocalRuns {
        runs = List.copyOf(runs);
        partitions = List.copyOf(partitions);
    }
}
