package dev.weir.bench.faults;

import dev.weir.registry.WireException;
import dev.weir.schemas.LineBatchWriter;
import dev.weir.schemas.LineValues;
import dev.weir.schemas.RunKey;
import dev.weir.schemas.ValueSerdes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The edge: sends several runs' lines at a steady rate, and now and then some of them again. One thread. */
final class Feeder implements Runnable {
    private static final int BATCH = 100;
    private static final int KEPT = 64;
    private static final Duration REGISTRY_ANSWERS = Duration.ofMinutes(2);
    /** Every so many runs there is one of many kinds of line. */
    private static final int MANY_KINDS = 4;

    private final String topic;
    private final List<RunKey> runs;
    private final List<Oracle> oracles = new ArrayList<>();
    private final long[] next;
    private final long lines;
    private final long linesPerSecond;
    private final boolean resendAll;
    private final Random random = new Random(42);
    private final KafkaProducer<byte[], byte[]> producer;
    private final LineValues values;
    private final LineBatchWriter writer = new LineBatchWriter(16 << 10);
    private final List<ProducerRecord<byte[], byte[]>> sent = new ArrayList<>();
    private final List<Future<?>> pending = new ArrayList<>();
    private volatile long fed;
    private volatile long resent;
    private volatile boolean failed;

    Feeder(
            String bootstrap,
            String registry,
            String topic,
            List<RunKey> runs,
            long lines,
            long linesPerSecond,
            boolean resendAll) {
        this.topic = topic;
        this.runs = runs;
        this.next = new long[runs.size()];
        this.lines = lines;
        this.linesPerSecond = linesPerSecond;
        this.resendAll = resendAll;
        for (int i = 0; i < runs.size(); i++) {
            oracles.add(i % MANY_KINDS == 0 ? Oracle.ofManyKinds(i) : Oracle.ofFewKinds(i));
        }
        this.values = ValueSerdes.own(Map.of("schema.registry.url", registry)).lineValues(topic);
        this.producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap,
                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 600_000,
                        ProducerConfig.LINGER_MS_CONFIG, 5),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    @Override
    public void run() {
        long began = System.nanoTime();
        try {
            while (fed < lines) {
                send(random.nextInt(runs.size()));
                long due = began + fed * 1_000_000_000L / linesPerSecond;
                long wait = due - System.nanoTime();
                if (wait > 0) {
                    LockSupport.parkNanos(wait);
                }
            }
            if (resendAll) {
                again(sent);
            }
            settle();
        } catch (ExecutionException | RuntimeException lost) {
            failed = true;
            throw new IllegalStateException("The feeder could not deliver", lost);
        } catch (InterruptedException stopped) {
            failed = true;
            Thread.currentThread().interrupt();
        } finally {
            producer.close();
        }
    }

    private void send(int run) throws ExecutionException, InterruptedException {
        int count = (int) Math.min(BATCH, lines - fed);
        writer.begin("stdout", "stdout", 1, next[run], System.currentTimeMillis());
        for (int i = 0; i < count; i++) {
            byte[] line = oracles.get(run).line().getBytes(StandardCharsets.UTF_8);
            writer.add(line, 0, line.length, 0);
        }
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(topic, runs.get(run).bytes(), value());
        next[run] += count;
        pending.add(producer.send(record));
        sent.add(record);
        if (!resendAll && sent.size() > KEPT) {
            sent.remove(0);
        }
        // As a producer does that came back and does not know what arrived.
        if (random.nextInt(50) == 0) {
            again(sent.subList(Math.max(0, sent.size() - 1 - random.nextInt(5)), sent.size()));
        }
        if (pending.size() > 1_000) {
            settle();
        }
        fed += count;
    }

    /** On a busy machine a registry that has started may still not answer in time. */
    private byte[] value() {
        long deadline = System.nanoTime() + REGISTRY_ANSWERS.toNanos();
        while (true) {
            try {
                return values.value(writer);
            } catch (WireException.RegistryAway away) {
                if (System.nanoTime() > deadline) {
                    throw away;
                }
                FaultRun.pause(500);
            }
        }
    }

    private void again(List<ProducerRecord<byte[], byte[]>> records) {
        for (ProducerRecord<byte[], byte[]> record : records) {
            pending.add(producer.send(record));
            resent++;
        }
    }

    private void settle() throws ExecutionException, InterruptedException {
        for (Future<?> one : pending) {
            one.get();
        }
        pending.clear();
    }

    long fed() {
        return fed;
    }

    long resent() {
        return resent;
    }

    boolean failed() {
        return failed;
    }

    long lines(int run) {
        return next[run];
    }

    Map<String, Long> expected(int run) {
        return oracles.get(run).counts();
    }
}
