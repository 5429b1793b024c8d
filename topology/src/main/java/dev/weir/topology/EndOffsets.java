package dev.weir.topology;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks now and then where the partitions end. One thread of its own; stops with {@link #close}. */
final class EndOffsets implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EndOffsets.class);
    private static final long LONGEST_PERIOD = 1_000;

    private final Admin admin;
    private final Lag lag;
    private final long period;
    private final Map<TopicPartition, OffsetSpec> question = new HashMap<>();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread made = new Thread(task, "weir-end-offsets");
        made.setDaemon(true);
        return made;
    });

    EndOffsets(Admin admin, String topic, int partitions, Lag lag, Duration heartbeat) {
        this.admin = admin;
        this.lag = lag;
        this.period = Math.min(LONGEST_PERIOD, heartbeat.toMillis());
        for (int partition = 0; partition < partitions; partition++) {
            question.put(new TopicPartition(topic, partition), OffsetSpec.latest());
        }
    }

    void start() {
        thread.scheduleWithFixedDelay(this::ask, 0, period, TimeUnit.MILLISECONDS);
    }

    private void ask() {
        long now = System.currentTimeMillis();
        try {
            admin.listOffsets(question)
                    .all()
                    .get(2 * period, TimeUnit.MILLISECONDS)
                    .forEach((partition, end) -> lag.end(partition.partition(), new Lag.End(end.offset(), now)));
        } catch (ExecutionException | TimeoutException away) {
            LOG.debug("Ends of weir.lines are not known", away);
            lag.unknown();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
