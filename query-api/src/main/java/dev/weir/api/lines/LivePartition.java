package dev.weir.api.lines;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One partition's live end: one consumer, however many watchers. Watchers come and go through {@link #orders}, which its
 * thread takes between two polls, so that a watcher knows exactly which offset its first live entry can have.
 */
final class LivePartition implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(LivePartition.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final Consumer<byte[], byte[]> consumer;
    private final Decoding decoding;
    private final TopicPartition partition;
    private final Map<String, List<Watcher>> watchers = new HashMap<>();
    private final ConcurrentLinkedQueue<Runnable> orders = new ConcurrentLinkedQueue<>();
    private volatile boolean stopped;

    LivePartition(Consumer<byte[], byte[]> consumer, Decoding decoding, TopicPartition partition) {
        this.consumer = consumer;
        this.decoding = decoding;
        this.partition = partition;
    }

    /** Completes with the offset from which on the watcher is offered everything of its run. */
    CompletableFuture<Long> add(String key, Watcher watcher) {
        CompletableFuture<Long> from = new CompletableFuture<>();
        orders.add(() -> {
            // First, for it may be interrupted by the next watcher's wake-up, and an order that is is carried out
            // again.
            long position = consumer.position(partition);
            watchers.computeIfAbsent(key, absent -> new ArrayList<>()).add(watcher);
            from.complete(position);
        });
        consumer.wakeup();
        return from;
    }

    void remove(String key, Watcher watcher) {
        orders.add(() -> watchers.computeIfPresent(key, (same, all) -> {
            all.remove(watcher);
            return all.isEmpty() ? null : all;
        }));
        consumer.wakeup();
    }

    void stop() {
        stopped = true;
        consumer.wakeup();
    }

    @Override
    public void run() {
        try (consumer) {
            consumer.assign(List.of(partition));
            consumer.seekToEnd(List.of(partition));
            while (!stopped) {
                step();
            }
        } finally {
            watchers.values().forEach(all -> all.forEach(Watcher::close));
        }
    }

    private void step() {
        try {
            for (Runnable order = orders.peek(); order != null; order = orders.peek()) {
                order.run();
                orders.poll();
            }
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                offer(record);
            }
        } catch (WakeupException toldTo) {
            LOG.trace("Woken for {}", partition);
        } catch (KafkaException away) {
            LOG.warn("Live lines of {} wait for Kafka", partition, away);
            java.util.concurrent.locks.LockSupport.parkNanos(RETRY.toNanos());
        }
    }

    private void offer(ConsumerRecord<byte[], byte[]> record) {
        if (record.key() == null) {
            return;
        }
        List<Watcher> all = watchers.get(new String(record.key(), StandardCharsets.UTF_8));
        if (all != null) {
            decoding.entries(record, entry -> {
                all.forEach(watcher -> watcher.offer(entry));
                return true;
            });
        }
    }
}
