package dev.weir.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.embedded.Await;
import dev.weir.embedded.KafkaUnderTest;
import dev.weir.schemas.LineBatchWriter;
import dev.weir.schemas.LineValues;
import dev.weir.schemas.RunKey;
import dev.weir.schemas.RunRecord;
import dev.weir.schemas.RunStarted;
import dev.weir.schemas.TopicAdmin;
import dev.weir.schemas.TopicSettings;
import dev.weir.schemas.Topics;
import dev.weir.schemas.ValueSerdes;
import dev.weir.settings.Settings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two servers on a real broker share the partitions, by either protocol; a job's runs lie on both, and each has a standby
 * copy of what is the other's.
 */
class TwoServersIT {
    @RegisterExtension
    static final KafkaUnderTest kafka = KafkaUnderTest.embedded();

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"classic", "streams"})
    void shareTheWorkAndAJobsBaselineAndStandInForEachOther(String protocol) {
        Map<String, String> properties =
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "schema.registry.url", "mock://two-" + protocol);
        Topics topics = Topics.withPrefix(protocol);
        try (Admin admin = kafka.admin()) {
            new TopicAdmin(admin, Duration.ofSeconds(30))
                    .ensure(TopicSettings.from(new Settings(Map.of("weir.topic.prefix", protocol))));
        }
        ValueSerdes values = ValueSerdes.own(properties);
        try (WeirStreams two = WeirStreams.start(settings(protocol, properties, 2), topics, values);
                Edge edge = new Edge(properties, topics, values)) {
            List<String> names = new ArrayList<>();
            Set<WeirStreams> answered = new HashSet<>();
            try (WeirStreams one = WeirStreams.start(settings(protocol, properties, 1), topics, values)) {
                Await.until("both servers have partitions", () -> {
                    Set<Integer> all = new HashSet<>(one.reader().placement().here());
                    int first = all.size();
                    all.addAll(two.reader().placement().here());
                    return all.size() == 4 && first > 0 && first < 4;
                });

                edge.run("good", "nightly", 0, "compiling module 1");
                Await.until(
                        "the baseline has reached both",
                        () -> Set.of(one, two).stream()
                                .allMatch(server -> server.reader()
                                        .baseline("default", "nightly", "")
                                        .isPresent()));
                for (int i = 0; i < 8; i++) {
                    names.add("now-" + i);
                    edge.run("now-" + i, "nightly", 1, "compiling module 2", "ERROR out of memory");
                }

                for (String name : names) {
                    Await.until(
                            name + " is read",
                            () -> answer(one, two, name, answered).isPresent());
                    RunView run = answer(one, two, name, answered).orElseThrow();
                    assertEquals(2, run.accounting().counted());
                    assertEquals(
                            List.of(Optional.of(false), Optional.of(true)),
                            run.templates().stream()
                                    .map(RunView.Template::novel)
                                    .toList());
                }
                assertEquals(Set.of(one, two), answered, "all runs lay on one server");
                assertTrue(one.ready() && two.ready());
                Await.until(
                        "both have been told of the fleet",
                        () -> Set.of(one, two).stream()
                                .allMatch(server -> server.reader()
                                                .fleet("default", "nightly")
                                                .runs()
                                                .size()
                                        == 9));
                for (WeirStreams server : List.of(one, two)) {
                    for (String name : names) {
                        Await.until(
                                name + " is read from any copy",
                                () -> copy(server, name)
                                        .filter(stale -> stale.behind() < 100
                                                && stale.run().accounting().counted() == 2
                                                && stale.run().accounting().addsUp())
                                        .isPresent());
                    }
                }
            }

            // A static member's place is kept for its session, ten seconds: the fault runs wait for that.
            if (protocol.equals("streams")) {
                for (String name : names) {
                    Await.until(
                            name + " is read from the other",
                            () -> answer(two, two, name, answered).isPresent());
                }
            }
        }
    }

    private static Optional<Stale> copy(WeirStreams server, String run) {
        return server.reader()
                .stale("default", run, Extent.all(0))
                .fold(Optional::of, Optional::empty, elsewhere -> Optional.empty(), restoring -> Optional.empty());
    }

    /** Exactly one server has the run; the other names that one. */
    private static Optional<RunView> answer(WeirStreams one, WeirStreams two, String run, Set<WeirStreams> answered) {
        for (WeirStreams server : List.of(one, two)) {
            Optional<RunView> found = server.reader()
                    .run("default", run, Extent.all(0))
                    .fold(Optional::of, Optional::empty, elsewhere -> Optional.empty(), restoring -> Optional.empty());
            if (found.isPresent() && found.get().life().endedAt().isPresent()) {
                answered.add(server);
                return found;
            }
        }
        return Optional.empty();
    }

    private TopologySettings settings(String protocol, Map<String, String> properties, int number) {
        Settings settings = new Settings(Map.of(
                "weir.group.protocol",
                protocol,
                "weir.application.id",
                protocol,
                "weir.standbys",
                "1",
                "weir.rocksdb.bytes",
                "16MiB"));
        TopologySettings read = TopologySettings.read(
                settings, directory.resolve(protocol + number), "127.0.0.1", 9100 + number, properties);
        settings.check();
        return read;
    }

    /** A producer of whole runs. */
    private static final class Edge implements AutoCloseable {
        private final KafkaProducer<byte[], byte[]> producer;
        private final String topic;
        private final LineValues values;

        Edge(Map<String, String> properties, Topics topics, ValueSerdes serdes) {
            topic = topics.lines();
            values = serdes.lineValues(topic);
            producer = new KafkaProducer<>(
                    Map.of("bootstrap.servers", String.valueOf(properties.get("bootstrap.servers"))),
                    new ByteArraySerializer(),
                    new ByteArraySerializer());
        }

        void run(String run, String job, int exitCode, String... lines) {
            byte[] key = new RunKey("default", run).bytes();
            RunStarted started = RunStarted.newBuilder()
                    .setStartedAt(Instant.EPOCH)
                    .setEpoch(1)
                    .setJob(job)
                    .build();
            producer.send(new ProducerRecord<>(topic, key, values.value(new RunRecord(started))));
            LineBatchWriter writer = new LineBatchWriter(1024);
            writer.begin("stdout", "stdout", 1, 0, System.currentTimeMillis());
            for (String line : lines) {
                byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
                writer.add(bytes, 0, bytes.length, 0);
            }
            producer.send(new ProducerRecord<>(topic, key, values.value(writer)));
            producer.send(new ProducerRecord<>(
                    topic, key, values.value(new RunRecord(WeirTopologyTest.ended(exitCode, List.of())))));
            producer.flush();
        }

        @Override
        public void close() {
            producer.close();
        }
    }
}
