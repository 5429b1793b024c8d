package dev.weir.bench.pipeline;

import dev.weir.schemas.LineBatchWriter;
import dev.weir.schemas.LineValues;
import dev.weir.schemas.RunKey;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends the corpus round and round as one run's lines, in batches as they grow under load. One thread. */
final class Filler implements AutoCloseable {
    static final RunKey RUN = new RunKey("default", "bench");
    private static final int LINES = 800;

    private final List<byte[]> corpus;
    private final String topic;
    private final LineValues values;
    private final KafkaProducer<byte[], byte[]> producer;
    private final LineBatchWriter writer = new LineBatchWriter(256 << 10);
    private volatile long next;
    private long bytes;

    Filler(String bootstrap, String topic, LineValues values, List<byte[]> corpus) {
        this.topic = topic;
        this.values = values;
        this.corpus = corpus;
        this.producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrap,
                        ProducerConfig.BATCH_SIZE_CONFIG,
                        512 << 10,
                        ProducerConfig.LINGER_MS_CONFIG,
                        5,
                        ProducerConfig.BUFFER_MEMORY_CONFIG,
                        32L << 20),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    void sendWhile(BooleanSupplier more) {
        while (more.getAsBoolean()) {
            writer.begin("stdout", "stdout", 1, next, System.currentTimeMillis());
            long first = next;
            for (long i = first; i < first + LINES; i++) {
                byte[] line = corpus.get((int) (i % corpus.size()));
                writer.add(line, 0, line.length, 0);
                bytes += line.length + 1;
            }
            next = first + LINES;
            producer.send(new ProducerRecord<>(topic, RUN.bytes(), values.value(writer)));
        }
        producer.flush();
    }

    /** Sends at a steady rate; tells of every batch the run's lines with it and its arrival by the broker's clock. */
    void sendSteadily(int linesPerSecond, int seconds, LongBiConsumer arrived) {
        int batch = Math.min(LINES, Math.max(1, linesPerSecond / 50));
        long began = System.nanoTime();
        while (next < (long) linesPerSecond * seconds) {
            writer.begin("stdout", "stdout", 1, next, System.currentTimeMillis());
            long end = next + batch;
            for (long i = next; i < end; i++) {
                byte[] line = corpus.get((int) (i % corpus.size()));
                writer.add(line, 0, line.length, 0);
            }
            next = end;
            producer.send(new ProducerRecord<>(topic, RUN.bytes(), values.value(writer)), (at, failed) -> {
                if (failed == null) {
                    arrived.accept(end, at.timestamp());
                }
            });
            long wait = began + end * 1_000_000_000L / linesPerSecond - System.nanoTime();
            if (wait > 0) {
                LockSupport.parkNanos(wait);
            }
        }
        producer.flush();
    }

    interface LongBiConsumer {
        void accept(long lines, long millis);
    }

    long lines() {
        return next;
    }

    long bytes() {
        return bytes;
    }

    @Override
    public void close() {
        producer.close();
    }
}
