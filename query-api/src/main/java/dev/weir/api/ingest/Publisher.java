package dev.weir.api.ingest;

import dev.weir.api.http.Problem;
import dev.weir.schemas.Forget;
import dev.weir.schemas.LineBatchWriter;
import dev.weir.schemas.LineValues;
import dev.weir.schemas.RunKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Puts run records into weir.lines and says when Kafka has them. Safe for any number of threads. */
public final class Publisher implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 20;

    private final Producer<byte[], byte[]> producer;
    private final LineValues values;
    private final String topic;
    private final Semaphore requests;

    private Publisher(Producer<byte[], byte[]> producer, LineValues values, String topic, int atOnce) {
        this.producer = producer;
        this.values = values;
        this.topic = topic;
        this.requests = new Semaphore(atOnce);
    }

    public static Publisher to(
            Map<String, String> kafka, String topic, LineValues values, String compression, int atOnce) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 2);
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 256 << 10);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 5_000);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 15_000);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, compression);
        return new Publisher(
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer()),
                values,
                topic,
                atOnce);
    }

    /** One request's turn; only so many at once, for each may hold megabytes that Kafka has not taken. */
    Turn turn() {
        if (!requests.tryAcquire()) {
            throw new Problem(429, "busy", "Too many requests bring lines at once: try again in a second")
                    .retryAfter(1);
        }
        return requests::release;
    }

    /** Ends a request's turn. */
    interface Turn extends AutoCloseable {
        @Override
        void close();
    }

    CompletableFuture<Void> send(RunKey run, LineBatchWriter batch) {
        return send(run, () -> values.value(batch));
    }

    CompletableFuture<Void> send(RunKey run, dev.weir.schemas.RunRecord record) {
        return send(run, () -> values.value(record));
    }

    /** Orders the run to be forgotten; everything sent before it goes, nothing sent after it does. */
    CompletableFuture<Void> forget(RunKey run, Forget order) {
        CompletableFuture<Void> acknowledged = new CompletableFuture<>();
        send(new ProducerRecord<>(topic, null, run.bytes(), null, order.headers()), acknowledged);
        return acknowledged;
    }

    /** Whether Kafka or the schema registry is away: either way it has not been taken. */
    private CompletableFuture<Void> send(RunKey run, Supplier<byte[]> value) {
        CompletableFuture<Void> acknowledged = new CompletableFuture<>();
        try {
            send(new ProducerRecord<>(topic, run.bytes(), value.get()), acknowledged);
        } catch (KafkaException refused) {
            acknowledged.completeExceptionally(refused);
        }
        return acknowledged;
    }

    private void send(ProducerRecord<byte[], byte[]> record, CompletableFuture<Void> acknowledged) {
        try {
            producer.send(record, (metadata, failure) -> {
                if (failure == null) {
                    acknowledged.complete(null);
                } else {
                    acknowledged.completeExceptionally(failure);
                }
            });
        } catch (KafkaException refused) {
            acknowledged.completeExceptionally(refused);
        }
    }

    /** Waits until Kafka has all of them. */
    static void await(RunKey run, List<CompletableFuture<Void>> sent) throws InterruptedException {
        try {
            CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new)).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException away) {
            throw new Problem(
                            503,
                            "kafka-away",
                            "Kafka has not taken all of it: send the whole request again, with the same Idempotency-Key or"
                                    + " the same source and seq, and nothing counts twice")
                    .of(run.run())
                    .retryAfter(5);
        }
    }

    @Override
    public void close() {
        producer.close(java.time.Duration.ofSeconds(5));
    }
}
