package dev.weir.api.lines;

import dev.weir.api.http.Problem;
import dev.weir.api.lines.LineLog.RunRef;
import dev.weir.schemas.LineBatchReader;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;

/** All watchers of live lines. The first watcher of a partition starts its consumer, the last one stops it. */
final class LiveHub implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 10;
    private static final int WAIT_MILLIS = 500;
    private static final int FETCH_BYTES = 1 << 20;

    private final Map<String, String> kafka;
    private final String topic;
    private final Supplier<LineBatchReader> readers;
    private final Map<Integer, Running> partitions = new HashMap<>();

    LiveHub(Map<String, String> kafka, String topic, Supplier<LineBatchReader> readers) {
        this.kafka = Map.copyOf(kafka);
        this.topic = topic;
        this.readers = readers;
    }

    private static final class Running {
        final LivePartition live;
        int watchers;

        Running(LivePartition live) {
            this.live = live;
        }
    }

    /** A watcher at work, and the offset from which on it is offered everything. */
    record Watching(Watcher watcher, long from, Runnable end) implements AutoCloseable {
        @Override
        public void close() {
            end.run();
        }
    }

    Watching watch(int partition, RunRef run) throws InterruptedException {
        Watcher watcher = new Watcher();
        CompletableFuture<Long> from = join(partition, run, watcher);
        try {
            long offset = from.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return new Watching(watcher, offset, () -> leave(partition, run, watcher));
        } catch (ExecutionException | TimeoutException away) {
            leave(partition, run, watcher);
            throw new Problem(503, "kafka-away", "Kafka does not answer: try again in a few seconds").retryAfter(5);
        }
    }

    private synchronized CompletableFuture<Long> join(int partition, RunRef run, Watcher watcher) {
        Running running = partitions.computeIfAbsent(partition, this::start);
        running.watchers++;
        return running.live.add(run.key(), watcher);
    }

    private synchronized void leave(int partition, RunRef run, Watcher watcher) {
        watcher.close();
        Running running = partitions.get(partition);
        if (running != null) {
            running.live.remove(run.key(), watcher);
            if (--running.watchers == 0) {
                partitions.remove(partition);
                running.live.stop();
            }
        }
    }

    private Running start(int partition) {
        LivePartition live = new LivePartition(
                KafkaLineLog.consumer(kafka, WAIT_MILLIS, FETCH_BYTES),
                new Decoding(readers.get()),
                new TopicPartition(topic, partition));
        Thread thread = new Thread(live, "live-lines-" + partition);
        thread.setDaemon(true);
        thread.start();
        return new Running(live);
    }

    synchronized int consumers() {
        return partitions.size();
    }

    @Override
    public synchronized void close() {
        partitions.values().forEach(running -> running.live.stop());
        partitions.clear();
    }
}
