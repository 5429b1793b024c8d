package dev.weir.bench.pipeline;

import dev.weir.schemas.LineBatchWriter;
import dev.weir.schemas.LineValues;
import dev.weir.schemas.RunKey;
import java.util.List;
import java.util.Map;
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
    private long next;
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
            for (int i = 0; i < LINES; i++) {
                byte[] line = corpus.get((int) (next % corpus.size()));
                writer.add(line, 0, line.length, 0);
                bytes += line.length + 1;
                next++;
            }
            producer.send(new ProducerRecord<>(topic, RUN.bytes(), values.value(writer)));
        }
        producer.flush();
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
