package dev.weir.topology;

import dev.weir.schemas.Baseline;
import dev.weir.schemas.FleetRun;
import dev.weir.schemas.RunStatus;
import dev.weir.schemas.TemplateEvent;
import dev.weir.schemas.Topics;
import dev.weir.schemas.ValueSerdes;
import dev.weir.schemas.WakeState;
import java.time.Duration;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.BytesDeserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowStore;

/**
 * The topology, as a picture.
 *
 * <pre>
 *  weir.lines ─▶ lines ─▶ mine ─┬─▶ templates ─▶ weir.templates
 *                          │    ├─▶ runs ─▶ weir.runs
 *                          │    ├─▶ baselines-sink ─▶ weir.baselines ─▶ last-good ─▶ keep ─▶ (baselines), whole on every server
 *                          │    ├─▶ fleet-sink ─▶ weir.fleet ─▶ last-runs ─▶ note ─▶ (fleet), whole on every server
 *                          │    ├─▶ dead-letters ─▶ weir.dead-letters
 *                          │    │            ▲
 *                       (rows)  │ forgotten  │
 *                          │    ▼            │
 *  weir.wakes ─▶ wake-commands ─▶ wake ──────┴─▶ wake-states ─▶ weir.wake-states
 *                                   │
 *                                (wakes)
 * </pre>
 *
 * One store for all rows: a RocksDB instance for every segment of every store of every partition is what costs.
 */
final class WeirTopology {
    static final String RUNS_STORE = "rows";
    static final String TEMPLATES_SINK = "templates";
    static final String RUNS_SINK = "runs";
    static final String DEAD_LETTERS_SINK = "dead-letters";
    static final String WAKES_STORE = "wakes";
    static final String WAKE_STATES_SINK = "wake-states";
    private static final String WAKE_COMMANDS = "wake-commands";
    static final String WAKE = "wake";
    static final String BASELINES_SINK = "baselines-sink";
    static final String BASELINES_STORE = "baselines";
    static final String FLEET_SINK = "fleet-sink";
    static final String FLEET_STORE = "fleet";
    private static final String LINES = "lines";
    private static final String MINE = "mine";

    private WeirTopology() {}

    static Topology build(
            TopologySettings settings,
            Topics topics,
            int partitions,
            ValueSerdes values,
            Shared shared,
            LongSupplier clock) {
        Topology topology = new Topology();
        topology.addSource(
                AutoOffsetReset.earliest(),
                LINES,
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer(),
                topics.lines());
        topology.addProcessor(
                MINE,
                () -> new RunProcessor(
                        settings,
                        partitions,
                        clock,
                        shared,
                        values.lineReader(topics.lines()),
                        new Baselines(
                                topics.baselines(), values.deserializer(Baseline.class), settings.baselineRetention())),
                LINES);
        topology.addStateStore(rows(settings), MINE);
        topology.addSink(
                TEMPLATES_SINK,
                topics.templates(),
                new StringSerializer(),
                values.serializer(TemplateEvent.class),
                MINE);
        topology.addSink(RUNS_SINK, topics.runs(), new StringSerializer(), values.serializer(RunStatus.class), MINE);
        topology.addSource(
                AutoOffsetReset.earliest(),
                WAKE_COMMANDS,
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer(),
                topics.wakes());
        topology.addProcessor(
                WAKE,
                () -> new WakeProcessor(
                        topics.wakes(),
                        new WakeValues(values, topics.wakeStates()),
                        clock,
                        settings.wakesKept(),
                        shared),
                WAKE_COMMANDS,
                MINE);
        topology.addStateStore(
                Stores.keyValueStoreBuilder(
                                Stores.persistentKeyValueStore(WAKES_STORE), Serdes.String(), Serdes.ByteArray())
                        .withCachingDisabled(),
                WAKE);
        topology.connectProcessorAndStateStores(WAKE, RUNS_STORE);
        topology.addSink(
                WAKE_STATES_SINK,
                topics.wakeStates(),
                new StringSerializer(),
                values.serializer(WakeState.class),
                WAKE);
        topology.addSink(
                DEAD_LETTERS_SINK,
                topics.deadLetters(),
                new ByteArraySerializer(),
                new ByteArraySerializer(),
                MINE,
                WAKE);
        topology.addSink(
                BASELINES_SINK, topics.baselines(), new StringSerializer(), values.serializer(Baseline.class), MINE);
        topology.addGlobalStore(
                Stores.keyValueStoreBuilder(
                                Stores.inMemoryKeyValueStore(BASELINES_STORE), Serdes.Bytes(), Serdes.ByteArray())
                        .withLoggingDisabled(),
                "last-good",
                new BytesDeserializer(),
                new ByteArrayDeserializer(),
                topics.baselines(),
                "keep",
                BaselineStore::new);
        topology.addSink(FLEET_SINK, topics.fleet(), new StringSerializer(), values.serializer(FleetRun.class), MINE);
        topology.addGlobalStore(
                Stores.keyValueStoreBuilder(
                                Stores.persistentKeyValueStore(FLEET_STORE), Serdes.Bytes(), Serdes.ByteArray())
                        .withCachingDisabled()
                        .withLoggingDisabled(),
                "last-runs",
                new BytesDeserializer(),
                new ByteArrayDeserializer(),
                topics.fleet(),
                "note",
                () -> new FleetStore(shared.fleet()));
        return topology;
    }

    /** Not cached: rows must be in the store, and on their way to its changelog, before a batch is done. */
    private static StoreBuilder<WindowStore<Bytes, byte[]>> rows(TopologySettings settings) {
        Buckets buckets = Buckets.of(settings);
        Duration retention = Duration.ofMillis(buckets.storeRetention());
        return Stores.windowStoreBuilder(
                        Stores.persistentWindowStore(RUNS_STORE, retention, Duration.ofMillis(Buckets.MINUTE), false),
                        Serdes.Bytes(),
                        Serdes.ByteArray())
                .withCachingDisabled()
                .withLoggingEnabled(Map.of(
                        TopicConfig.SEGMENT_BYTES_CONFIG,
                        Integer.toString(64 << 20),
                        TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG,
                        "0.3"));
    }
}
