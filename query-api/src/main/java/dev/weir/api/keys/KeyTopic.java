package dev.weir.api.keys;

import dev.weir.api.http.Callers;
import dev.weir.registry.WireException;
import dev.weir.schemas.ApiKey;
import dev.weir.schemas.KeyScope;
import dev.weir.schemas.RunKey;
import dev.weir.schemas.ValueSerdes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
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

/** weir.keys, read whole before the first request is answered and followed ever after. One thread of its own. */
public final class KeyTopic implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KeyTopic.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final long USED_EVERY_MILLIS = 300_000;

    private final String topic;
    private final KeyRing ring;
    private final Consumer<byte[], byte[]> consumer;
    private final Producer<byte[], byte[]> producer;
    private final Serializer<ApiKey> writer;
    private final Deserializer<ApiKey> reader;
    private final LongSupplier clock;
    private final Map<String, Instant> published = new HashMap<>();
    private volatile boolean stopped;
    private @Nullable Thread thread;

    private KeyTopic(Map<String, String> kafka, String topic, ValueSerdes values, LongSupplier clock) {
        this.topic = topic;
        this.ring = new KeyRing(clock);
        this.clock = clock;
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        this.consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        Map<String, Object> producing = new HashMap<>(kafka);
        producing.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 10_000);
        this.producer = new KafkaProducer<>(producing, new ByteArraySerializer(), new ByteArraySerializer());
        this.writer = values.serializer(ApiKey.class);
        this.reader = values.deserializer(ApiKey.class);
    }

    /** Returns once all keys there are have been read. */
    public static KeyTopic open(Map<String, String> kafka, String topic, ValueSerdes values, LongSupplier clock) {
        KeyTopic keys = new KeyTopic(kafka, topic, values, clock);
        boolean open = false;
        try {
            keys.readAll();
            Thread thread = new Thread(keys::follow, "keys");
            thread.setDaemon(true);
            thread.start();
            keys.thread = thread;
            open = true;
            return keys;
        } finally {
            if (!open) {
                keys.consumer.close();
                keys.producer.close(Duration.ZERO);
            }
        }
    }

    public Callers callers() {
        return ring;
    }

    KeyRing ring() {
        return ring;
    }

    /** Makes an operator's own key known as an admin's, unless it is. */
    public void admit(KeyText operator) {
        if (ring.find(operator.id()).isEmpty()) {
            store(ApiKey.newBuilder()
                    .setId(operator.id())
                    .setTenant(RunKey.DEFAULT_TENANT)
                    .setName("given at start")
                    .setHash(ByteBuffer.wrap(operator.hash()))
                    .setScopes(List.of(KeyScope.ADMIN))
                    .setCreatedAt(Instant.ofEpochMilli(clock.getAsLong()))
                    .build());
        }
    }

    /** Returns when Kafka has it; this server knows it at once, the others within moments. */
    void store(ApiKey key) {
        try {
            send(key.getId(), key).get(10, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException refused) {
            throw new IllegalStateException("Kafka did not take the key", refused);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Stopped while storing a key", stop);
        }
        ring.learn(key.getId(), key);
    }

    private java.util.concurrent.Future<?> send(String name, ApiKey key) {
        return producer.send(
                new ProducerRecord<>(topic, name.getBytes(StandardCharsets.UTF_8), writer.serialize(topic, key)));
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
                    publishUsed();
                } catch (WakeupException toldTo) {
                    LOG.trace("Woken");
                } catch (KafkaException away) {
                    LOG.warn("Keys wait for Kafka", away);
                }
            }
        }
    }

    private void learn(ConsumerRecord<byte[], byte[]> record) {
        if (record.key() == null) {
            return;
        }
        try {
            String name = new String(record.key(), StandardCharsets.UTF_8);
            ring.learn(name, record.value() == null ? null : reader.deserialize(topic, record.value()));
        } catch (WireException unreadable) {
            LOG.warn("A record of {} at {} is no key", topic, record.offset(), unreadable);
        }
    }

    private void publishUsed() {
        for (Map.Entry<String, Instant> one : ring.used().entrySet()) {
            Instant before = published.getOrDefault(one.getKey(), Instant.EPOCH);
            if (one.getValue().toEpochMilli() - before.toEpochMilli() > USED_EVERY_MILLIS) {
                ring.find(one.getKey())
                        .ifPresent(key -> send(
                                one.getKey() + KeyRing.USED,
                                ApiKey.newBuilder(key)
                                        .setLastUsedAt(one.getValue())
                                        .build()));
                published.put(one.getKey(), one.getValue());
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
