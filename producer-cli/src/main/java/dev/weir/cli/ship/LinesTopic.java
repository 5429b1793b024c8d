package dev.weir.cli.ship;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * The way into the lines topic for one run: keeps order, knows what is on its way, never lets it be more than a bound.
 *
 * <p>Sent from one thread; acknowledged from Kafka's.
 */
final class LinesTopic implements Outlet {
    private static final long MOST_ON_THE_WAY = 8 << 20;

    private final Producer<byte[], byte[]> producer;
    private final String topic;
    private final byte[] key;
    private final long most;
    private long onTheWay;
    private @Nullable KafkaException refusal;

    LinesTopic(Producer<byte[], byte[]> producer, String topic, String key, long most) {
        this.producer = producer;
        this.most = most;
        this.topic = topic;
        this.key = key.getBytes(UTF_8);
    }

    /** @param mostOnTheWay bytes sent and not acknowledged */
    static LinesTopic open(
            String bootstrapServers, Map<String, String> given, String topic, String key, long mostOnTheWay) {
        long most = Math.min(mostOnTheWay, MOST_ON_THE_WAY);
        Map<String, Object> config = new HashMap<>();
        config.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        config.put(ProducerConfig.CLIENT_ID_CONFIG, "weir");
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.LINGER_MS_CONFIG, 0); // batches are made before they come here
        config.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 2 * MOST_ON_THE_WAY);
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 50L); // who sends has other duties, too
        config.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500L);
        // An outage is waited out, however long: giving a record up would lose it and break the order.
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.MAX_VALUE);
        config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
        config.put(ProducerConfig.METRIC_REPORTER_CLASSES_CONFIG, "");
        config.put(ProducerConfig.ENABLE_METRICS_PUSH_CONFIG, false);
        config.putAll(given);
        ByteArraySerializer bytes = new ByteArraySerializer();
        return new LinesTopic(new KafkaProducer<>(config, bytes, bytes), topic, key, most);
    }

    /** False also if the record never entered the producer's queue, because the cluster does not say yet where it belongs. */
    @Override
    public boolean send(byte[] value, Runnable onAcknowledged) throws InterruptedException {
        if (!reserve(value.length)) {
            return false;
        }
        Thread sender = Thread.currentThread();
        boolean[] queued = {true};
        producer.send(new ProducerRecord<>(topic, key, value), (metadata, failure) -> {
            if (failure instanceof RetriableException && Thread.currentThread() == sender) {
                queued[0] = false;
                settle(value.length, null);
                return;
            }
            if (failure == null) {
                onAcknowledged.run();
            }
            settle(value.length, failure);
        });
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        return queued[0];
    }

    private synchronized boolean reserve(int bytes) {
        if (!hasRoom(bytes)) {
            return false;
        }
        refuse();
        onTheWay += bytes;
        return true;
    }

    private synchronized void settle(int bytes, @Nullable Exception failure) {
        onTheWay -= bytes;
        if (failure != null && refusal == null) {
            refusal = failure instanceof KafkaException known ? known : new KafkaException(failure);
        }
        notifyAll();
    }

    @Override
    public synchronized boolean awaitRoom(long millis) throws InterruptedException {
        if (!hasRoom(0)) {
            wait(millis);
        }
        return hasRoom(0);
    }

    private boolean hasRoom(int bytes) {
        return onTheWay == 0 || onTheWay + bytes <= most || refusal != null;
    }

    @Override
    public synchronized void flush() throws InterruptedException {
        while (onTheWay > 0 && refusal == null) {
            wait();
        }
        refuse();
    }

    private void refuse() {
        if (refusal != null) {
            throw refusal;
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ZERO);
    }
}
