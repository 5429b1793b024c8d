package dev.weir.api.wakes;

import dev.weir.api.http.Problem;
import dev.weir.registry.WireException;
import dev.weir.schemas.RunKey;
import dev.weir.schemas.Topics;
import dev.weir.schemas.ValueSerdes;
import dev.weir.schemas.WakeCommand;
import dev.weir.schemas.WakePhase;
import dev.weir.schemas.WakeState;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
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

/**
 * Sends commands to weir.wakes and hears in weir.wake-states what came of them, whichever server holds the run. Listens
 * from the first command on: a server that nobody asks for wakes has no consumer for them. Safe for any number of threads.
 */
public final class WakeTopics implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WakeTopics.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final long PATIENCE_SECONDS = 10;

    private final Map<String, Object> kafka;
    private final Topics topics;
    private final int partitions;
    private final Producer<byte[], byte[]> producer;
    private final Serializer<WakeCommand> writer;
    private final Deserializer<WakeState> reader;
    private final Map<String, CompletableFuture<WakeState>> asked = new ConcurrentHashMap<>();
    private final List<Consumer<WakeState>> whenDue = new CopyOnWriteArrayList<>();
    private volatile boolean stopped;
    private @Nullable CompletableFuture<Void> listening;
    private @Nullable Thread thread;

    public WakeTopics(Map<String, String> kafka, Topics topics, int partitions, ValueSerdes values) {
        this.kafka = Map.copyOf(kafka);
        this.topics = topics;
        this.partitions = partitions;
        Map<String, Object> producing = new HashMap<>(kafka);
        producing.put(ProducerConfig.ACKS_CONFIG, "all");
        producing.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 5_000);
        this.producer = new KafkaProducer<>(producing, new ByteArraySerializer(), new ByteArraySerializer());
        this.writer = values.serializer(WakeCommand.class);
        this.reader = values.deserializer(WakeState.class);
    }

    /** What came of a command: the wake as it is now, or with {@code refused} why nothing changed. */
    WakeState ask(RunKey run, WakeCommand command) throws InterruptedException {
        CompletableFuture<WakeState> answer = new CompletableFuture<>();
        asked.put(command.getRequest(), answer);
        try {
            listen().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            producer.send(new ProducerRecord<>(topics.wakes(), run.bytes(), writer.serialize(topics.wakes(), command)))
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException | KafkaException away) {
            LOG.warn("event=wake-unanswered run={}", run, away);
            throw new Problem(
                            503,
                            "wake-unanswered",
                            "The run's queue has not answered: look at it, or ask again; with an idempotencyKey nothing is"
                                    + " queued twice")
                    .of(run.run())
                    .retryAfter(2);
        } finally {
            asked.remove(command.getRequest());
        }
    }

    /** Calls {@code due} whenever a wake of any run falls due, until what it returns is run. */
    Runnable onDue(Consumer<WakeState> due) throws InterruptedException {
        try {
            listen().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException away) {
            throw new Problem(503, "kafka-away", "Wakes cannot be listened for: try again in a few seconds")
                    .retryAfter(2);
        }
        whenDue.add(due);
        return () -> whenDue.remove(due);
    }

    private synchronized CompletableFuture<Void> listen() {
        if (listening == null || listening.isCompletedExceptionally()) {
            CompletableFuture<Void> placed = new CompletableFuture<>();
            Thread started = new Thread(() -> follow(placed), "wake-states");
            started.setDaemon(true);
            started.start();
            listening = placed;
            thread = started;
        }
        return listening;
    }

    private void follow(CompletableFuture<Void> placed) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 1);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> all = java.util.stream.IntStream.range(0, partitions)
                    .mapToObj(partition -> new TopicPartition(topics.wakeStates(), partition))
                    .toList();
            consumer.assign(all);
            consumer.seekToEnd(all);
            all.forEach(consumer::position);
            placed.complete(null);
            while (!stopped) {
                step(consumer);
            }
        } catch (KafkaException away) {
            placed.completeExceptionally(away);
        }
    }

    private void step(KafkaConsumer<byte[], byte[]> consumer) {
        try {
            consumer.poll(POLL).forEach(record -> hear(record.value()));
        } catch (WakeupException toldTo) {
            LOG.trace("Woken");
        } catch (KafkaException away) {
            LOG.warn("Wakes wait for Kafka", away);
            java.util.concurrent.locks.LockSupport.parkNanos(RETRY.toNanos());
        }
    }

    private void hear(byte @Nullable [] value) {
        if (value == null) {
            return;
        }
        WakeState wake;
        try {
            wake = reader.deserialize(topics.wakeStates(), value);
        } catch (WireException unreadable) {
            LOG.warn("A record of {} is no wake", topics.wakeStates(), unreadable);
            return;
        }
        String request = wake.getRequest();
        CompletableFuture<WakeState> waiting = request == null ? null : asked.get(request);
        if (waiting != null) {
            waiting.complete(wake);
        }
        if (wake.getPhase() == WakePhase.DUE && wake.getRefused() == null) {
            whenDue.forEach(one -> one.accept(wake));
        }
    }

    @Override
    public void close() {
        stopped = true;
        producer.close(Duration.ofSeconds(2));
        Thread running;
        synchronized (this) {
            running = thread;
        }
        if (running != null) {
            try {
                running.join(2_000);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
