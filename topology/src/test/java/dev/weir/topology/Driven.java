package dev.weir.topology;

import dev.weir.schemas.Baseline;
import dev.weir.schemas.FleetRun;
import dev.weir.schemas.Forget;
import dev.weir.schemas.LineBatchWriter;
import dev.weir.schemas.LineValues;
import dev.weir.schemas.RunRecord;
import dev.weir.schemas.RunStatus;
import dev.weir.schemas.TemplateEvent;
import dev.weir.schemas.Topics;
import dev.weir.schemas.ValueSerdes;
import dev.weir.schemas.WakeCommand;
import dev.weir.schemas.WakeState;
import dev.weir.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.state.WindowStore;
import org.apache.kafka.streams.state.WindowStoreIterator;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/** The topology in a test driver: one partition, a clock of the test's own, a registry in memory. */
final class Driven implements AutoCloseable {
    static final Topics TOPICS = Topics.withPrefix("weir");
    static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    final Shared shared = Shared.create();
    final TopologySettings settings;
    private final Path directory;
    final StoreReader reader;
    final WindowStore<Bytes, byte[]> rows;
    private final KeyValueStore<String, byte[]> wakes;
    private final KeyValueStore<Bytes, byte[]> baselines;
    private final KeyValueStore<Bytes, byte[]> fleet;
    private final TestInputTopic<byte[], byte[]> wakeCommands;
    private final TestOutputTopic<String, WakeState> wakeStates;
    private final Serializer<WakeCommand> commands;
    private final TopologyTestDriver driver;
    private final TestInputTopic<byte[], byte[]> lines;
    private final TestOutputTopic<String, TemplateEvent> templates;
    private final TestOutputTopic<String, RunStatus> runs;
    private final TestOutputTopic<byte[], byte[]> deadLetters;
    private final LineValues records;
    private final LineBatchWriter writer = new LineBatchWriter(1024);
    private long now = START.toEpochMilli();

    Driven(Map<String, String> given) {
        this(given, 1);
    }

    /** @param partitions that weir.lines is said to have; all records come on the first */
    Driven(Map<String, String> given, int partitions) {
        directory = temporary();
        settings = settings(given, directory);
        ValueSerdes values = ValueSerdes.own(settings.kafka());
        records = values.lineValues(TOPICS.lines());
        Properties properties = new Properties();
        properties.putAll(StreamsProperties.of(settings));
        properties.put("state.dir", directory.toString());
        driver = new TopologyTestDriver(
                WeirTopology.build(settings, TOPICS, partitions, values, shared, () -> now), properties, START);
        lines = driver.createInputTopic(TOPICS.lines(), new ByteArraySerializer(), new ByteArraySerializer());
        templates = driver.createOutputTopic(
                TOPICS.templates(), new StringDeserializer(), values.deserializer(TemplateEvent.class));
        runs = driver.createOutputTopic(TOPICS.runs(), new StringDeserializer(), values.deserializer(RunStatus.class));
        deadLetters = driver.createOutputTopic(
                TOPICS.deadLetters(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        // Once: the driver's getter disturbs the record being processed.
        rows = Objects.requireNonNull(driver.getWindowStore(WeirTopology.RUNS_STORE));
        wakes = Objects.requireNonNull(driver.getKeyValueStore(WeirTopology.WAKES_STORE));
        baselines = Objects.requireNonNull(driver.getKeyValueStore(WeirTopology.BASELINES_STORE));
        fleet = Objects.requireNonNull(driver.getKeyValueStore(WeirTopology.FLEET_STORE));
        reader = new StoreReader(
                stores(),
                shared,
                Buckets.of(settings),
                () -> now,
                () -> new WakeValues(values, TOPICS.wakeStates()),
                () -> new Baselines(
                        TOPICS.baselines(), values.deserializer(Baseline.class), settings.baselineRetention()),
                () -> new Fleets(TOPICS.fleet(), values.deserializer(FleetRun.class)));
        wakeCommands = driver.createInputTopic(TOPICS.wakes(), new ByteArraySerializer(), new ByteArraySerializer());
        commands = values.serializer(WakeCommand.class);
        wakeStates = driver.createOutputTopic(
                TOPICS.wakeStates(), new StringDeserializer(), values.deserializer(WakeState.class));
    }

    static TopologySettings settings(Map<String, String> given, Path directory) {
        Settings settings = new Settings(given);
        TopologySettings read = TopologySettings.read(
                settings,
                directory,
                "127.0.0.1",
                7070,
                Map.of("bootstrap.servers", "localhost:1", "schema.registry.url", "mock://" + UUID.randomUUID()));
        settings.check();
        return read;
    }

    private StoreReader.Stores stores() {
        return new StoreReader.Stores() {
            @Override
            public Placement placement() {
                return new Placement(1, Map.of(), java.util.Set.of(0), Map.of());
            }

            @Override
            public Reading<StoreReader.Local> of(String key) {
                return new Reading.Found<>(all().get(0));
            }

            @Override
            public <T> Reading<T> away(String key) {
                return new Reading.Restoring<>(0);
            }

            @Override
            public Optional<StoreReader.Standby> copyOf(String key) {
                return Optional.of(new StoreReader.Standby(all().get(0), 0));
            }

            @Override
            public Optional<ReadOnlyKeyValueStore<Bytes, byte[]>> baselines() {
                return Optional.of(baselines);
            }

            @Override
            public Optional<ReadOnlyKeyValueStore<Bytes, byte[]>> fleet() {
                return Optional.of(fleet);
            }

            @Override
            public List<StoreReader.Local> all() {
                return List.of(new StoreReader.Local(0, rows, wakes));
            }
        };
    }

    /** Lets the clock go on; the punctuator runs as often as it would have. */
    void pass(Duration time) {
        now += time.toMillis();
        driver.advanceWallClockTime(time);
    }

    /** As if the ends had just been asked for, and everything were processed. */
    void caughtUp() {
        shared.lag().end(0, new Lag.End(0, now));
    }

    long now() {
        return now;
    }

    void lines(String run, String source, long firstSeq, String... texts) {
        writer.begin(source, "", 1, firstSeq, now);
        for (String text : texts) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            writer.add(bytes, 0, bytes.length, 0);
        }
        raw("default/" + run, records.value(writer));
    }

    void command(String run, String wake, String request, Object body) {
        WakeCommand command = WakeCommand.newBuilder()
                .setWake(wake)
                .setRequest(request)
                .setSentAt(Instant.ofEpochMilli(now))
                .setBody(body)
                .build();
        wakeCommands.pipeInput(new TestRecord<>(
                ("default/" + run).getBytes(StandardCharsets.UTF_8),
                commands.serialize(TOPICS.wakes(), command),
                Instant.ofEpochMilli(now)));
    }

    List<WakeState> wakeStates() {
        return wakeStates.readValuesToList();
    }

    void record(String run, Object body) {
        raw("default/" + run, records.value(new RunRecord(body)));
    }

    void raw(String key, byte @Nullable [] value) {
        lines.pipeInput(new TestRecord<>(key.getBytes(StandardCharsets.UTF_8), value, Instant.ofEpochMilli(now)));
    }

    /** Orders the run to be forgotten. */
    void forget(String run) {
        TestRecord<byte[], byte[]> order =
                new TestRecord<>(("default/" + run).getBytes(StandardCharsets.UTF_8), null, Instant.ofEpochMilli(now));
        new Forget("order-1", "").headers().forEach(order.headers()::add);
        lines.pipeInput(order);
    }

    void at(long timestamp, String key, byte[] value) {
        lines.pipeInput(new TestRecord<>(key.getBytes(StandardCharsets.UTF_8), value, Instant.ofEpochMilli(timestamp)));
    }

    byte[] framed(String source, long firstSeq, List<byte[]> texts) {
        writer.begin(source, "", 1, firstSeq, now);
        texts.forEach(text -> writer.add(text, 0, text.length, 0));
        return records.value(writer);
    }

    Reading<RunView> reading(String run, Extent extent) {
        return reader.run("default", run, extent);
    }

    RunView view(String run) {
        return view(run, Extent.all(0));
    }

    RunView view(String run, Extent extent) {
        return reading(run, extent)
                .fold(
                        found -> found,
                        () -> {
                            throw new AssertionError("No run " + run);
                        },
                        elsewhere -> {
                            throw new AssertionError(elsewhere);
                        },
                        restoring -> {
                            throw new AssertionError(restoring);
                        });
    }

    List<TemplateEvent> templateEvents() {
        return new ArrayList<>(templates.readValuesToList());
    }

    List<KeyValue<String, TemplateEvent>> keyedTemplateEvents() {
        return templates.readKeyValuesToList();
    }

    List<RunStatus> statuses() {
        return runs.readValuesToList();
    }

    /** What a compacted topic has of a run; null if it was forgotten. */
    @Nullable
    RunStatus newestStatus(String key) {
        RunStatus newest = null;
        for (KeyValue<String, RunStatus> one : runs.readKeyValuesToList()) {
            newest = one.key.equals(key) ? one.value : newest;
        }
        return newest;
    }

    byte[] newestRow(Bytes key) {
        try (WindowStoreIterator<byte[]> found = rows.backwardFetch(key, 0, Long.MAX_VALUE)) {
            return found.next().value;
        }
    }

    List<WakeState> wakes(String run) {
        return reader.wakes("default", run)
                .fold(found -> found, List::of, elsewhere -> List.of(), restoring -> List.of());
    }

    List<TestRecord<byte[], byte[]>> deadLetters() {
        return deadLetters.readRecordsToList();
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("driven");
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    @Override
    public void close() {
        driver.close();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException stuck) {
            throw new UncheckedIOException(stuck);
        }
    }
}
