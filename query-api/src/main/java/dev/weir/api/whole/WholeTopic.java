package dev.weir.api.whole;

import dev.weir.registry.WireException;
import dev.weir.schemas.ValueSerdes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A compacted topic of one partition, read whole before it is open and followed ever after. One thread of its own. */
public final class WholeTopic<T extends SpecificRecord> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WholeTopic.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final String topic;
    private final BiConsumer<String, @Nullable T> learn;
    private final Runnable eachTurn;
    private final Consumer<byte[], byte[]> consumer;
    private final Producer<byte[], byte[]> producer;
    private final Serializer<T> writer;
    private final Deserializer<T> reader;
    private volatile boolean stopped;
    private @Nullable Thread thread;

    private WholeTopic(
            Map<String, String> kafka,
            String topic,
            Class<T> type,
            ValueSerdes values,
            BiConsumer<String, @Nullable T> learn,
            Runnable eachTurn) {
        this.topic = topic;
        this.learn = learn;
        this.eachTurn = eachTurn;
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        this.consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        Map<String, Object> producing = new HashMap<>(kafka);
        producing.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 10_000);
        this.producer = new KafkaProducer<>(producing, new ByteArraySerializer(), new ByteArraySerializer());
        this.writer = values.serializer(type);
        this.reader = values.deserializer(type);
    }

    /**
     * Returns once everything there is has been read.
     *
     * @param learn told of every record, by key; null for one that was taken away
     * @param eachTurn run now and then on the topic's thread
     */
    public static <T extends SpecificRecord> WholeTopic<T> open(
            Map<String, String> kafka,
            String topic,
            Class<T> type,
            ValueSerdes values,
            BiConsumer<String, @Nullable T> learn,
            Runnable eachTurn) {
        WholeTopic<T> whole = new WholeTopic<>(kafka, topic, type, values, learn, eachTurn);
        boolean open = false;
        try {
            whole.readAll();
            Thread thread = new Thread(whole::follow, topic);
            thread.setDaemon(true);
            thread.start();
            whole.thread = thread;
            open = true;
            return whole;
        } finally {
            if (!open) {
                whole.consumer.close();
                whole.producer.close(Duration.ZERO);
            }
        }
    }

    /** Returns when Kafka has it; this server knows it at once, the others within moments. */
    public void store(String key, @Nullable T value) {
        try {
            send(key, value).get(10, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException refused) {
            throw new IllegalStateException("Kafka did not take a record of " + topic, refused);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Stopped while storing a record of " + topic, stop);
        }
        learn.accept(key, value);
    }

    public Future<?> send(String key, @Nullable T value) {
        return producer.send(new ProducerRecord<>(
                topic, key.getBytes(StandardCharsets.UTF_8), value == null ? null : writer.serialize(topic, value)));
    }

    private void readAll() {
        TopicPartition only = new TopicPartition(topic, 0);
        consumer.assign(List.of(only));
        consumer.seekToBeginning(List.of(only));
        long end = consumer.endOffsets(List.of(only)).getOrDefault(only, 0L);
        while (consumer.position(only) < end) {
            consumer.poll(POLL).forEach(this::learn);
        }
    }

    private void follow() {
        try (consumer) {
            while (!stopped) {
                try {
                    consumer.poll(POLL).forEach(this::learn);
                    eachTurn.run();
                } catch (WakeupException toldTo) {
                    LOG.trace("Woken");
                } catch (KafkaException away) {
                    LOG.warn("{} waits for Kafka", topic, away);
                }
            }
        }
    }

    private void learn(ConsumerRecord<byte[], byte[]> record) {
        if (record.key() == null) {
            return;
        }
        try {
            String key = new String(record.key(), StandardCharsets.UTF_8);
            learn.accept(key, record.value() == null ? null : read(record.value()));
        } catch (WireException.RegistryAway away) {
            if (!stopped) {
                throw away;
            }
        } catch (WireException unreadable) {
            LOG.warn("A record of {} at {} cannot be read", topic, record.offset(), unreadable);
        }
    }

    /** Waits for a registry that is away: a key that nobody learnt would open what it closes. */
    private T read(byte[] value) {
        for (boolean said = false; ; said = true) {
            try {
                return reader.deserialize(topic, value);
            } catch (WireException.RegistryAway away) {
                if (stopped || Thread.currentThread().isInterrupted()) {
                    throw away;
                }
                if (!said) {
                    LOG.warn("event=registry-away topic={} reason=\"{}\"", topic, away.getMessage());
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    @Override
    public void close() {
        stopped = true;
        consumer.wakeup();
        producer.close(Duration.ofSeconds(2));
        if (thread != null) {
            try {
                thread.join(2_000);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
