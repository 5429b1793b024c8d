package dev.weir.topology;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateRestoreListener;

/** How far each partition's rows have been read back. Kafka's threads tell, any thread reads. */
final class Restores implements StateRestoreListener {
    private record Progress(long start, long end, long at, long startedNanos) {
        int percent() {
            return end <= start ? 100 : (int) Math.min(100, Math.max(0, 100 * (at - start) / (end - start)));
        }
    }

    private final Map<Integer, Progress> byPartition = new ConcurrentHashMap<>();
    private final AtomicLong restored = new AtomicLong();
    private final AtomicLong lastMillis = new AtomicLong();

    @Override
    public void onRestoreStart(TopicPartition partition, String store, long start, long end) {
        byPartition.put(partition.partition(), new Progress(start, end, start, System.nanoTime()));
    }

    @Override
    public void onBatchRestored(TopicPartition partition, String store, long batchEnd, long records) {
        restored.addAndGet(records);
        byPartition.computeIfPresent(
                partition.partition(), (key, one) -> new Progress(one.start, one.end, batchEnd + 1, one.startedNanos));
    }

    @Override
    public void onRestoreEnd(TopicPartition partition, String store, long total) {
        end(partition);
    }

    @Override
    public void onRestoreSuspended(TopicPartition partition, String store, long total) {
        end(partition);
    }

    private void end(TopicPartition partition) {
        Progress progress = byPartition.remove(partition.partition());
        if (progress != null) {
            lastMillis.set((System.nanoTime() - progress.startedNanos) / 1_000_000);
        }
    }

    int percent(int partition) {
        Progress progress = byPartition.get(partition);
        return progress == null ? 0 : progress.percent();
    }

    Map<Integer, Integer> percents() {
        Map<Integer, Integer> percents = new ConcurrentHashMap<>();
        byPartition.forEach((partition, progress) -> percents.put(partition, progress.percent()));
        return percents;
    }

    long restored() {
        return restored.get();
    }

    long lastMillis() {
        return lastMillis.get();
    }
}
