package dev.weir.api.hooks;

import dev.weir.api.http.Problem;
import dev.weir.registry.WireException;
import dev.weir.schemas.Hook;
import dev.weir.schemas.HookEvent;
import dev.weir.schemas.RunSignal;
import dev.weir.schemas.RunState;
import dev.weir.schemas.RunStatus;
import dev.weir.schemas.TemplateEvent;
import dev.weir.schemas.TemplateEventKind;
import dev.weir.schemas.Topics;
import dev.weir.schemas.ValueSerdes;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads weir.runs and weir.templates in a group with the other servers, and hands to the deliveries what hooks are told of. An
 * offset is committed once everything before it is settled, so that a delivery outlives its server: it is sent at least once.
 */
final class HookEvents implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HookEvents.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final long PATIENCE_SECONDS = 20;
    private static final int MOST_RUNS = 20_000;
    private static final int MOST_OPEN = 5_000;

    private final Map<String, String> kafka;
    private final Topics topics;
    private final String group;
    private final Supplier<Collection<Hook>> hooks;
    private final Deliveries deliveries;
    private final Clock clock;
    private final Deserializer<RunStatus> runs;
    private final Deserializer<TemplateEvent> templates;
    private final CompletableFuture<Void> listening = new CompletableFuture<>();
    private final Unsettled unsettled = new Unsettled();
    /** What each run was last known to have come to; confined to the thread, as all below. */
    private final Map<String, Known> known = new LinkedHashMap<>(16, .75f, true);

    private volatile boolean stopped;
    private @Nullable Thread thread;

    private record Known(RunState state, long stalls) {}

    HookEvents(
            Map<String, String> kafka,
            Topics topics,
            ValueSerdes values,
            String group,
            Supplier<Collection<Hook>> hooks,
            Deliveries deliveries,
            Clock clock) {
        this.kafka = Map.copyOf(kafka);
        this.topics = topics;
        this.group = group;
        this.hooks = hooks;
        this.deliveries = deliveries;
        this.clock = clock;
        this.runs = values.deserializer(RunStatus.class);
        this.templates = values.deserializer(TemplateEvent.class);
    }

    synchronized void start() {
        if (thread == null && !stopped) {
            thread = new Thread(this::follow, "hook-events");
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** Returns once nothing that happens from now on is missed by the group. */
    void awaitListening() throws InterruptedException {
        try {
            listening.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException away) {
            throw new Problem(503, "kafka-away", "The hook is stored, but Kafka does not let it listen yet: look again")
                    .retryAfter(5);
        }
    }

    private void follow() {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(topics.runs(), topics.templates()), new Assigned(consumer));
            while (!stopped) {
                step(consumer);
            }
            unsettled.commit(consumer);
        } catch (KafkaException away) {
            LOG.warn("Hooks are told nothing any more", away);
            listening.completeExceptionally(away);
        }
    }

    private final class Assigned implements ConsumerRebalanceListener {
        private final KafkaConsumer<byte[], byte[]> consumer;

        Assigned(KafkaConsumer<byte[], byte[]> consumer) {
            this.consumer = consumer;
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            // Where a new group begins is written down, or a server that stops at once would begin later.
            unsettled.begin(consumer, partitions);
            listening.complete(null);
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            unsettled.commit(consumer);
            unsettled.end(partitions);
        }
    }

    private void step(KafkaConsumer<byte[], byte[]> consumer) {
        try {
            if (unsettled.size() > MOST_OPEN) {
                consumer.pause(consumer.assignment());
            } else {
                consumer.resume(consumer.paused());
            }
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                read(record);
            }
            unsettled.commit(consumer);
        } catch (KafkaException away) {
            LOG.warn("Hooks wait for Kafka", away);
            java.util.concurrent.locks.LockSupport.parkNanos(RETRY.toNanos());
        }
    }

    private void read(ConsumerRecord<byte[], byte[]> record) {
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        Runnable read = unsettled.open(partition, record.offset());
        if (record.value() != null) {
            try {
                List<Happening> happened = record.topic().equals(topics.runs())
                        ? happened(runs.deserialize(record.topic(), record.value()))
                        : happened(templates.deserialize(record.topic(), record.value()));
                for (Happening one : happened) {
                    for (Hook hook : hooks.get()) {
                        if (one.concerns(hook)) {
                            deliveries.send(one.to(hook, unsettled.open(partition, record.offset())));
                        }
                    }
                }
            } catch (WireException unreadable) {
                LOG.warn("A record of {} at {} cannot be read", record.topic(), record.offset(), unreadable);
            }
        }
        read.run();
    }

    private List<Happening> happened(RunStatus run) {
        String key = run.getTenant() + "/" + run.getRun();
        Known before = known.getOrDefault(key, new Known(RunState.UNKNOWN, 0));
        List<Happening> happened = new ArrayList<>();
        if (run.getStatus() != before.state) {
            HookEvent event = switch (run.getStatus()) {
                case FAILED -> HookEvent.FAILED;
                case COMPLETED -> HookEvent.COMPLETED;
                case LOST -> HookEvent.LOST;
                default -> HookEvent.UNKNOWN;
            };
            if (event != HookEvent.UNKNOWN) {
                happened.add(Happening.of(run, event));
            }
        }
        long stalls = before.stalls;
        for (RunSignal signal : run.getSignals()) {
            long at = signal.getAt().toEpochMilli();
            if (signal.getKind().equals("stall") && at > before.stalls) {
                happened.add(Happening.of(run, signal));
                stalls = Math.max(stalls, at);
            }
        }
        known.put(key, new Known(run.getStatus(), stalls));
        if (known.size() > MOST_RUNS) {
            known.remove(known.keySet().iterator().next());
        }
        long now = clock.millis();
        // A record that only repeats what was long ago, after a restart of ours, is no news.
        happened.removeIf(one -> now - one.at() > TimeUnit.HOURS.toMillis(1));
        return happened;
    }

    private static List<Happening> happened(TemplateEvent template) {
        boolean error =
                template.getLevel().equals("ERROR") || template.getLevel().equals("FATAL");
        boolean novel = Boolean.TRUE.equals(template.getNovel());
        return template.getKind() == TemplateEventKind.CREATED && error && novel
                ? List.of(Happening.of(template))
                : List.of();
    }

    @Override
    public void close() {
        stopped = true;
        Thread running;
        synchronized (this) {
            running = thread;
        }
        if (running != null) {
            try {
                running.join(3_000);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
