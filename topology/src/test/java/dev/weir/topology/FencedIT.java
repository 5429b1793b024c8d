package dev.weir.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.embedded.Await;
import dev.weir.embedded.KafkaUnderTest;
import dev.weir.schemas.LineBatchWriter;
import dev.weir.schemas.LineValues;
import dev.weir.schemas.RunKey;
import dev.weir.schemas.TemplateEvent;
import dev.weir.schemas.TopicAdmin;
import dev.weir.schemas.TopicSettings;
import dev.weir.schemas.Topics;
import dev.weir.schemas.ValueSerdes;
import dev.weir.settings.Settings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The broker takes a server's transactions away, as it does after they timed out: what was not committed is worked out
 * again, and nothing is lost, twice or kept back.
 */
class FencedIT {
    private static final int PARTITIONS = 4;
    private static final int RUNS = 8;
    private static final int BATCH = 20;

    @RegisterExtension
    static final KafkaUnderTest kafka = KafkaUnderTest.embedded();

    @TempDir
    Path directory;

    private Topics topics = Topics.withPrefix("weir");
    private final LineBatchWriter writer = new LineBatchWriter(4096);
    private int batches;
    private int chimes;

    @Test
    void aServerGoesOnWithExactCountsWhenItsTransactionsWereTakenAway() throws Exception {
        Map<String, String> properties =
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "schema.registry.url", "mock://fenced");
        ValueSerdes values = ValueSerdes.own(properties);
        LineValues records = values.lineValues(topics.lines());
        try (Admin admin = kafka.admin();
                KafkaProducer<byte[], byte[]> edge = new KafkaProducer<>(
                        Map.of("bootstrap.servers", kafka.bootstrapServers()),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            new TopicAdmin(admin, Duration.ofSeconds(30)).ensure(TopicSettings.from(new Settings(Map.of())));
            try (WeirStreams weir = WeirStreams.start(settings(properties), topics, values)) {
                Await.until("all partitions are here", () -> placed(weir));
                for (int time = 0; time < 3; time++) {
                    say(edge, records);
                    Await.until("all is counted", () -> counted(weir));
                    Await.until(
                            "it is committed, so that there are rows to read back",
                            () -> !told(values).isEmpty());
                    double before = meter(weir, "weir.restored");

                    fence(admin);

                    Await.until("rows are read back, for the server was fenced", () -> {
                        say(edge, records);
                        return meter(weir, "weir.restored") > before;
                    });
                    say(edge, records);
                    Await.until("all is counted again", () -> placed(weir) && counted(weir));
                }
                assertEquals(0, meter(weir, "weir.threads.replaced"));
                assertEquals(Optional.empty(), weir.failure());
                Map<String, Long> shown = shown(weir);
                assertTrue(shown.size() >= 2 * RUNS, shown.toString());
                Await.until("others are told the same", () -> told(values).equals(shown));
            }
        }
    }

    @Test
    void aServerThatComesBackBuildsNoRunAgainWhoseCountsWereTold() throws Exception {
        topics = Topics.withPrefix("told");
        Map<String, String> properties =
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "schema.registry.url", "mock://told");
        ValueSerdes values = ValueSerdes.own(properties);
        LineValues records = values.lineValues(topics.lines());
        try (Admin admin = kafka.admin();
                KafkaProducer<byte[], byte[]> edge = new KafkaProducer<>(
                        Map.of("bootstrap.servers", kafka.bootstrapServers()),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            new TopicAdmin(admin, Duration.ofSeconds(30))
                    .ensure(TopicSettings.from(
                            new Settings(Map.of("weir.topic.prefix", "told", "weir.topic.partitions", "1"))));
            try (WeirStreams weir = WeirStreams.start(settings(properties), topics, values)) {
                say(edge, records);
                Await.until("all is counted", () -> counted(weir));
                for (int ticks = 0; ticks < 3; ticks++) {
                    tick(edge, records, values);
                }
                double restored = meter(weir, "weir.restored");
                double rebuilt = meter(weir, "weir.rebuilds");

                fence(admin);
                Await.until("rows are read back, for the server was fenced", () -> {
                    chime(edge, records);
                    return meter(weir, "weir.restored") > restored;
                });
                tick(edge, records, values);
                tick(edge, records, values);

                assertEquals(rebuilt + 1, meter(weir, "weir.rebuilds"), "only the clock's own run speaks");
                assertTrue(counted(weir));
            }
        }
    }

    /** Returns when the server's clock has ticked: counts are told then. */
    private void tick(KafkaProducer<byte[], byte[]> edge, LineValues records, ValueSerdes values) {
        chime(edge, records);
        Await.until("the clock has ticked", () -> told(values).getOrDefault("default/clock/0", 0L) == chimes);
    }

    private void chime(KafkaProducer<byte[], byte[]> edge, LineValues records) {
        byte[] bytes = "it has struck".getBytes(StandardCharsets.UTF_8);
        writer.begin("stdout", "stdout", 1, chimes++, System.currentTimeMillis());
        writer.add(bytes, 0, bytes.length, 0);
        edge.send(new ProducerRecord<>(topics.lines(), new RunKey("default", "clock").bytes(), records.value(writer)));
        edge.flush();
    }

    private TopologySettings settings(Map<String, String> properties) {
        Settings settings = new Settings(Map.of(
                "weir.rocksdb.bytes",
                "16MiB",
                "weir.application.id",
                topics.lines().replace(".lines", "")));
        TopologySettings read = TopologySettings.read(settings, directory, "127.0.0.1", 9200, properties);
        settings.check();
        return read;
    }

    /** One more batch of every run. */
    private void say(KafkaProducer<byte[], byte[]> edge, LineValues records) {
        for (int run = 0; run < RUNS; run++) {
            writer.begin("stdout", "stdout", 1, (long) batches * BATCH, System.currentTimeMillis());
            for (int i = 0; i < BATCH; i++) {
                // A rare message is not counted again: if its count was not told when the server was fenced, it must be
                // later.
                String text = i == 0 && batches % 5 == 0 ? "a rare thing happened" : "opened file " + i;
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                writer.add(bytes, 0, bytes.length, 0);
            }
            edge.send(new ProducerRecord<>(
                    topics.lines(), new RunKey("default", "run-" + run).bytes(), records.value(writer)));
        }
        edge.flush();
        batches++;
    }

    private static boolean placed(WeirStreams weir) {
        return weir.ready() && weir.reader().placement().here().size() == PARTITIONS;
    }

    private boolean counted(WeirStreams weir) {
        for (int run = 0; run < RUNS; run++) {
            Optional<RunView> view = view(weir, run);
            if (view.isEmpty() || view.get().accounting().counted() < (long) batches * BATCH) {
                return false;
            }
            assertEquals((long) batches * BATCH, view.get().accounting().counted());
            assertTrue(view.get().accounting().addsUp());
        }
        return true;
    }

    private static Optional<RunView> view(WeirStreams weir, int run) {
        return weir.reader()
                .run("default", "run-" + run, Extent.all(0))
                .fold(Optional::of, Optional::empty, elsewhere -> Optional.empty(), restoring -> Optional.empty());
    }

    private static Map<String, Long> shown(WeirStreams weir) {
        Map<String, Long> counts = new TreeMap<>();
        for (int run = 0; run < RUNS; run++) {
            String key = "default/run-" + run + "/";
            view(weir, run)
                    .orElseThrow()
                    .templates()
                    .forEach(template -> counts.put(key + template.id(), template.count()));
        }
        return counts;
    }

    /** What a consumer that starts now makes of {@code weir.templates}. */
    private Map<String, Long> told(ValueSerdes values) {
        try (KafkaConsumer<String, TemplateEvent> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "isolation.level", "read_committed"),
                new StringDeserializer(),
                values.deserializer(TemplateEvent.class))) {
            List<TopicPartition> partitions = consumer.partitionsFor(topics.templates()).stream()
                    .map(one -> new TopicPartition(one.topic(), one.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<String, Long> counts = new TreeMap<>();
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(one -> consumer.position(one) < ends.getOrDefault(one, 0L))) {
                consumer.poll(Duration.ofMillis(100))
                        .forEach(event -> counts.put(event.key(), event.value().getCount()));
            }
            return counts;
        }
    }

    /** What the broker does with a producer whose transaction took longer than it may. */
    private static void fence(Admin admin) throws Exception {
        List<String> producers = admin.listTransactions().all().get().stream()
                .map(TransactionListing::transactionalId)
                .toList();
        assertTrue(!producers.isEmpty(), "no transaction was ever begun");
        admin.fenceProducers(producers).all().get();
    }

    private static double meter(WeirStreams weir, String name) {
        return weir.meters().stream()
                .filter(meter -> meter.name().equals(name))
                .findFirst()
                .orElseThrow()
                .value()
                .getAsDouble();
    }
}
