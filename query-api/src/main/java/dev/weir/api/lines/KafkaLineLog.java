package dev.weir.api.lines;

import dev.weir.api.http.Problem;
import dev.weir.schemas.LineBatchReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.utils.Utils;

/**
 * Reads weir.lines with a bounded number of consumers that are kept for the next reader: opening one takes longer than
 * most reads do.
 */
final class KafkaLineLog implements LineLog, AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /**
     * A consumer fetches ahead of what it was asked for. At the end of the log that fetch waits at the broker, and the next
     * reader waits for it before its own is sent; elsewhere it is thrown away, so it should be small.
     */
    private static final int AT_THE_END_MILLIS = 1;

    private static final int PLACE_BYTES = 256 << 10;
    private static final int IDLE_AT_MOST = 8;
    private static final long BEGIN_HOLDS_NANOS = 2_000_000_000L;
    private static final long TURN_SECONDS = 5;

    private final Map<String, String> kafka;
    private final String topic;
    private final int partitions;
    private final Supplier<LineBatchReader> readers;
    private final Semaphore readersAtOnce;
    private final Map<TopicPartition, Begin> begins = new ConcurrentHashMap<>();
    private final ConcurrentLinkedDeque<Lease> idle = new ConcurrentLinkedDeque<>();

    KafkaLineLog(
            Map<String, String> kafka, String topic, int partitions, Supplier<LineBatchReader> readers, int atOnce) {
        this.kafka = Map.copyOf(kafka);
        this.topic = topic;
        this.partitions = partitions;
        this.readers = readers;
        this.readersAtOnce = new Semaphore(atOnce);
    }

    /** Where a partition begins moves with retention, seldom and only forwards; asking takes as long as reading does. */
    private record Begin(long offset, long asked) {}

    private record Lease(Consumer<byte[], byte[]> consumer, Decoding decoding) {}

    @Override
    public int partition(RunRef run) {
        byte[] key = run.key().getBytes(StandardCharsets.UTF_8);
        return Utils.toPositive(Utils.murmur2(key)) % partitions;
    }

    @Override
    public long begin(RunRef run) {
        TopicPartition partition = at(run);
        Begin known = begins.get(partition);
        if (known != null && System.nanoTime() - known.asked() < BEGIN_HOLDS_NANOS) {
            return known.offset();
        }
        long offset = with(
                lease -> lease.consumer.beginningOffsets(List.of(partition)).getOrDefault(partition, 0L));
        begins.put(partition, new Begin(offset, System.nanoTime()));
        return offset;
    }

    @Override
    public long end(RunRef run) {
        TopicPartition partition = at(run);
        return with(lease -> lease.consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L));
    }

    @Override
    public long at(RunRef run, long millis) {
        TopicPartition partition = at(run);
        OffsetAndTimestamp found = with(lease -> lease.consumer
                .offsetsForTimes(Map.of(partition, Math.max(0, millis)))
                .get(partition));
        return found == null ? end(run) : found.offset();
    }

    @Override
    public boolean scan(RunRef run, long from, long end, Resends resends, long mostBytes, Visitor each) {
        byte[] key = run.key().getBytes(StandardCharsets.UTF_8);
        Visitor once = entry -> !resends.isNew(entry) || each.accept(entry);
        return with(lease -> {
            TopicPartition partition = at(run);
            lease.consumer.assign(List.of(partition));
            lease.consumer.seek(partition, from);
            boolean more = from < end;
            long left = mostBytes;
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (more && lease.consumer.position(partition) < end) {
                each.between();
                for (ConsumerRecord<byte[], byte[]> record : lease.consumer.poll(POLL)) {
                    deadline = System.nanoTime() + PATIENCE.toNanos();
                    left -= record.serializedValueSize();
                    if (!more || left < 0 || record.offset() >= end) {
                        more = false;
                    } else if (Arrays.equals(key, record.key())) {
                        more = lease.decoding.entries(record, once);
                    }
                }
                if (System.nanoTime() > deadline) {
                    throw new Problem(503, "kafka-away", "Kafka gives no lines: try again in a few seconds")
                            .of(run.run())
                            .retryAfter(5);
                }
            }
            return left >= 0;
        });
    }

    @Override
    public void close() {
        for (Lease lease = idle.poll(); lease != null; lease = idle.poll()) {
            lease.consumer.close();
        }
    }

    private TopicPartition at(RunRef run) {
        return new TopicPartition(topic, partition(run));
    }

    private <T> T with(Function<Lease, T> read) {
        if (!turn()) {
            throw new Problem(429, "too-many-readers", "Too many lines are being read at once: try again in a second")
                    .retryAfter(1);
        }
        try {
            Lease lease = idle.poll();
            Lease used = lease == null ? open() : lease;
            boolean whole = false;
            try {
                T result = read.apply(used);
                whole = true;
                return result;
            } finally {
                if (whole && idle.size() < IDLE_AT_MOST) {
                    idle.push(used);
                } else {
                    used.consumer.close();
                }
            }
        } finally {
            readersAtOnce.release();
        }
    }

    /** Most readers need some milliseconds: a crowd that comes at once gets through. */
    private boolean turn() {
        try {
            return readersAtOnce.tryAcquire(TURN_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Lease open() {
        return new Lease(consumer(kafka, AT_THE_END_MILLIS, PLACE_BYTES), new Decoding(readers.get()));
    }

    /** No group: where a reader is, its request knows. */
    static Consumer<byte[], byte[]> consumer(Map<String, String> kafka, int atTheEndMillis, int fetchBytes) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, fetchBytes);
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, atTheEndMillis);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000);
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
