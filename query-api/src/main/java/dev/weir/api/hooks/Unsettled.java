package dev.weir.api.hooks;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Offsets whose events are still on their way; what may be committed lies before the first of them. Safe for any thread. */
final class Unsettled {
    private final Map<TopicPartition, TreeMap<Long, Integer>> open = new HashMap<>();
    private final Map<TopicPartition, Long> committed = new HashMap<>();

    /** Holds an offset until what is returned is run. */
    synchronized Runnable open(TopicPartition partition, long offset) {
        open.computeIfAbsent(partition, fresh -> new TreeMap<>()).merge(offset, 1, Integer::sum);
        return () -> settle(partition, offset);
    }

    private synchronized void settle(TopicPartition partition, long offset) {
        TreeMap<Long, Integer> of = open.get(partition);
        if (of != null) {
            of.computeIfPresent(offset, (same, holders) -> holders == 1 ? null : holders - 1);
        }
    }

    synchronized int size() {
        return open.values().stream().mapToInt(Map::size).sum();
    }

    synchronized void begin(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        Map<TopicPartition, OffsetAndMetadata> here = new HashMap<>();
        partitions.forEach(partition -> here.put(partition, new OffsetAndMetadata(consumer.position(partition))));
        consumer.commitSync(here);
    }

    synchronized void commit(Consumer<?, ?> consumer) {
        Map<TopicPartition, OffsetAndMetadata> done = new HashMap<>();
        for (TopicPartition partition : consumer.assignment()) {
            TreeMap<Long, Integer> of = open.get(partition);
            long upTo = of == null || of.isEmpty() ? consumer.position(partition) : of.firstKey();
            if (upTo != committed.getOrDefault(partition, -1L)) {
                done.put(partition, new OffsetAndMetadata(upTo));
                committed.put(partition, upTo);
            }
        }
        if (!done.isEmpty()) {
            consumer.commitSync(done);
        }
    }

    synchronized void end(Collection<TopicPartition> partitions) {
        partitions.forEach(open::remove);
        partitions.forEach(committed::remove);
    }
}
