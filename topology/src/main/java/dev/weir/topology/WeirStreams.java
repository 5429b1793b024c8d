package dev.weir.topology;

import dev.weir.schemas.Baseline;
import dev.weir.schemas.FleetRun;
import dev.weir.schemas.Topics;
import dev.weir.schemas.ValueSerdes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.state.HostInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running topology: starts it, says how it is, gives its reader, stops it. Safe for any number of threads.
 *
 * <p>The topics must exist; {@link dev.weir.schemas.TopicAdmin} makes them.
 */
public final class WeirStreams implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WeirStreams.class);
    private static final Duration CLOSING = Duration.ofSeconds(20);
    private static final Duration BROKER_COMES_BACK = Duration.ofSeconds(10);
    private static final long PAUSE_NANOS = Duration.ofMillis(200).toNanos();

    private final KafkaStreams streams;
    private final Admin admin;
    private final EndOffsets ends;
    private final Shared shared;
    private final Restores restores;
    private final Failures failures;
    private final RunReader reader;

    private WeirStreams(TopologySettings settings, Topics topics, ValueSerdes values, Admin admin, int partitions) {
        this.admin = admin;
        this.shared = Shared.create();
        this.restores = new Restores();
        this.failures = new Failures();
        this.streams = new KafkaStreams(
                WeirTopology.build(settings, topics, partitions, values, shared, System::currentTimeMillis),
                new StreamsConfig(StreamsProperties.of(settings)));
        streams.setUncaughtExceptionHandler(failures);
        streams.setGlobalStateRestoreListener(restores);
        LocalStores stores = new LocalStores(
                streams,
                new HostInfo(settings.advertisedHost(), settings.advertisedPort()),
                topics.lines(),
                partitions,
                restores);
        this.reader = new StoreReader(
                stores,
                shared,
                Buckets.of(settings),
                System::currentTimeMillis,
                () -> new WakeValues(values, topics.wakeStates()),
                () -> new Baselines(
                        topics.baselines(), values.deserializer(Baseline.class), settings.baselineRetention()),
                () -> new Fleets(topics.fleet(), values.deserializer(FleetRun.class)));
        this.ends = new EndOffsets(admin, topics.lines(), partitions, shared.lag(), settings.heartbeat());
    }

    /** {@link #prepare}, {@link #build} and {@link #begin}. */
    public static WeirStreams start(TopologySettings settings, Topics topics, ValueSerdes values) {
        prepare(topics, values);
        WeirStreams weir = build(settings, topics, values);
        weir.begin();
        return weir;
    }

    /** Returns when the registry knows every schema; waits for one that is away. */
    public static void prepare(Topics topics, ValueSerdes values) {
        Patience.whileAwayOrBusy(() -> {
            values.prepare(topics).forEach(said -> LOG.warn("event=subject-not-held said=\"{}\"", said));
            return topics;
        });
    }

    /** All of it, but nothing runs yet. */
    public static WeirStreams build(TopologySettings settings, Topics topics, ValueSerdes values) {
        HalfStores.throwAway(settings.stateDirectory().resolve(settings.applicationId()));
        Admin admin = Admin.create(Map.copyOf(settings.kafka()));
        boolean built = false;
        try {
            GroupSettings.apply(admin, settings);
            WeirStreams weir = new WeirStreams(settings, topics, values, admin, partitions(admin, topics.lines()));
            built = true;
            return weir;
        } finally {
            if (!built) {
                admin.close(Duration.ZERO);
            }
        }
    }

    /** Starts it, once the registry is prepared; returns at once, while partitions are being assigned and restored. */
    public void begin() {
        ends.start();
        streams.start();
    }

    /** A broker that has just come back does not know its topics for a moment. */
    private static int partitions(Admin admin, String topic) {
        long deadline = System.nanoTime() + BROKER_COMES_BACK.toNanos();
        while (true) {
            try {
                return admin.describeTopics(List.of(topic)).allTopicNames().get().values().stream()
                        .mapToInt(described -> described.partitions().size())
                        .sum();
            } catch (ExecutionException refused) {
                if (!(refused.getCause() instanceof RetriableException) || System.nanoTime() > deadline) {
                    throw new IllegalStateException(
                            "Topic " + topic
                                    + " cannot be looked at: create weir's topics first, and check WEIR_BOOTSTRAP_SERVERS",
                            refused.getCause());
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("Stopped while looking at topic " + topic, stopped);
            }
        }
    }

    public RunReader reader() {
        return reader;
    }

    /** Whether every partition assigned here answers. */
    public boolean ready() {
        return streams.state() == KafkaStreams.State.RUNNING;
    }

    /** Kafka's own word for how it is: CREATED, REBALANCING, RUNNING, PENDING_SHUTDOWN, NOT_RUNNING, ERROR. */
    public String state() {
        return streams.state().name();
    }

    /** Why it stopped by itself, if it did: the process should end and say so. */
    public Optional<String> failure() {
        return failures.reason();
    }

    public List<Meter> meters() {
        List<Meter> meters = new ArrayList<>(shared.counters().meters());
        meters.add(new Meter(
                "weir.pending",
                "records",
                "Records of weir.lines waiting",
                false,
                () -> shared.lag().pending()));
        meters.add(new Meter("weir.restored", "rows", "Rows read back from changelogs", true, restores::restored));
        meters.add(new Meter("weir.restore.last", "ms", "How long the last restore took", false, restores::lastMillis));
        meters.add(new Meter("weir.rocksdb.used", "bytes", "Memory of all RocksDB stores", false, RocksMemory::used));
        meters.add(new Meter("weir.threads.replaced", "threads", "Stream threads that failed", true, failures::count));
        return meters;
    }

    /** Kafka's own metrics: commit latencies, fetch and store rates. */
    public Map<MetricName, ? extends Metric> kafkaMetrics() {
        return streams.metrics();
    }

    @Override
    public void close() {
        ends.close();
        streams.close(CLOSING);
        admin.close(Duration.ZERO);
    }
}
