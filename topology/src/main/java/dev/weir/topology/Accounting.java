package dev.weir.topology;

import java.util.Map;
import java.util.OptionalLong;

/**
 * Where every line of a run went: {@code read = counted + dropped + evicted + rejected}.
 *
 * @param read size of the union of accepted sequence intervals, less continuation parts; never a sum of the others
 * @param counted lines that belong to live or overflow templates
 * @param dropped lines left out or lost at the edge with known extent, by reason
 * @param evicted lines of templates that left by cap or retention
 * @param rejected lines that could be decoded and were refused by a limit, by reason
 * @param duplicates entries that came again and were not counted again
 * @param gaps sequence numbers between accepted ones that never came
 * @param undecodable records of this run that nobody could read; nobody knows how many lines they held
 * @param missing entries the edge says it has read and that are not here (yet); empty when it has not said
 * @param pending records waiting in the partition
 */
public record Accounting(
        long read,
        long counted,
        Map<String, Long> dropped,
        long evicted,
        Map<String, Long> rejected,
        long duplicates,
        long gaps,
        long undecodable,
        OptionalLong missing,
        long pending) {

    public Accounting {
        dropped = Map.copyOf(dropped);
        rejected = Map.copyOf(rejected);
    }

    public long droppedLines() {
        return sum(dropped);
    }

    public long rejectedLines() {
        return sum(rejected);
    }

    /** The reason to trust a compaction. */
    public boolean addsUp() {
        return read == counted + droppedLines() + evicted + rejectedLines();
    }

    private static long sum(Map<String, Long> byReason) {
        return byReason.values().stream().mapToLong(Long::longValue).sum();
    }
}
