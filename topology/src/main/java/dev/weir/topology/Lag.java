package dev.weir.topology;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How far each partition's task is behind the end of {@code weir.lines}. The ends are asked for now and then, by
 * {@link WeirStreams}; the tasks say where they are. Any thread reads.
 */
final class Lag {
    /** An end as it was seen: the offset after the last record, and when by the server's clock it was asked for. */
    record End(long offset, long askedAt) {}

    private final Map<Integer, End> ends = new ConcurrentHashMap<>();
    private final Map<Integer, Long> next = new ConcurrentHashMap<>();

    void end(int partition, End end) {
        ends.put(partition, end);
    }

    /** Nobody could say where the ends are: what was known of them must not be judged by. */
    void unknown() {
        ends.clear();
    }

    void processed(int partition, long offset) {
        next.put(partition, offset + 1);
    }

    void left(int partition) {
        next.remove(partition);
    }

    End end(int partition) {
        return ends.getOrDefault(partition, new End(Long.MAX_VALUE, 0));
    }

    /** Records waiting in a partition; 0 while its end is not known. */
    long pending(int partition) {
        End end = ends.get(partition);
        Long at = next.get(partition);
        return end == null || at == null ? 0 : Math.max(0, end.offset - at);
    }

    long pending() {
        return next.keySet().stream().mapToLong(this::pending).sum();
    }
}
