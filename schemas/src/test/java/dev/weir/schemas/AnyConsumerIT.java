package dev.weir.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.embedded.Await;
import dev.weir.embedded.KafkaUnderTest;
import dev.weir.embedded.RegistryProcess;
import dev.weir.settings.Settings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.RandomData;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Reads every topic as a stranger would who knows the brokers, the registry's URL and Confluent's format, and none of
 * weir's code: the frame is taken apart by hand and the schema fetched with a plain GET.
 */
class AnyConsumerIT {
    private static final byte[] TEXT = {'a', 0, (byte) 0xFF, (byte) 0xC3, '\r', 27, '[', 'm'};

    @RegisterExtension
    static final KafkaUnderTest KAFKA = KafkaUnderTest.embedded();

    private final RunKey key = new RunKey("default", "build-1");
    private final Topics topics = Topics.withPrefix("weir");

    @Test
    void readsEveryTopic(@TempDir Path directory) throws Exception {
        try (RegistryProcess registry = RegistryProcess.start(directory, 0);
                Admin admin = KAFKA.admin()) {
            new TopicAdmin(admin, Duration.ofSeconds(30)).ensure(TopicSettings.from(new Settings(Map.of())));
            ValueSerdes serdes = ValueSerdes.own(Map.of("schema.registry.url", registry.url()));
            serdes.prepare(topics);
            write(serdes);

            Map<String, GenericRecord> read = read(registry.url());

            assertEquals(topics.valueSchemas().keySet(), read.keySet());
            GenericRecord batch = (GenericRecord) field(read.get(topics.lines()), "body");
            assertEquals("stdout", field(batch, "source").toString());
            assertEquals(41L, field(batch, "firstSeq"));
            GenericRecord line = (GenericRecord) ((List<?>) field(batch, "lines")).get(0);
            byte[] text = new byte[TEXT.length];
            ((ByteBuffer) field(line, "text")).get(text);
            assertArrayEquals(TEXT, text);
            GenericRecord template = Objects.requireNonNull(read.get(topics.templates()));
            assertEquals("worker <*> started", field(template, "text").toString());
            assertEquals(1_700_000_000_123L, field(template, "lastSeen"));
        }
    }

    private void write(ValueSerdes serdes) {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", KAFKA.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            LineBatchWriter batch = new LineBatchWriter(64);
            batch.begin("stdout", "stdout", 1, 41, 1_700_000_000_000L);
            batch.add(TEXT, 0, TEXT.length, 0);
            send(producer, topics.lines(), serdes.lineValues(topics.lines()).value(batch));
            send(producer, topics.templates(), framed(serdes, topics.templates(), template()));
            Map<String, Schema> others = new HashMap<>(topics.valueSchemas());
            others.remove(topics.lines());
            others.remove(topics.templates());
            others.forEach((topic, schema) -> send(producer, topic, framed(serdes, topic, any(schema))));
        }
    }

    private void send(KafkaProducer<byte[], byte[]> producer, String topic, byte[] value) {
        producer.send(new ProducerRecord<>(topic, key.bytes(), value));
    }

    private static byte[] framed(ValueSerdes serdes, String topic, SpecificRecord record) {
        return Objects.requireNonNull(serdes.serializer(SpecificRecord.class).serialize(topic, record));
    }

    private TemplateEvent template() {
        return TemplateEvent.newBuilder()
                .setTenant(key.tenant())
                .setRun(key.run())
                .setTemplate(1)
                .setKind(TemplateEventKind.CREATED)
                .setText("worker <*> started")
                .setFingerprint("00000000000000ff")
                .setLevel("INFO")
                .setCount(3)
                .setEvents(3)
                .setFirstSeen(Instant.ofEpochMilli(1_700_000_000_000L))
                .setLastSeen(Instant.ofEpochMilli(1_700_000_000_123L))
                .setAsOf(7)
                .build();
    }

    /** Some record of that schema; what is in it does not matter here. */
    private static SpecificRecord any(Schema schema) {
        return Schemas.generated(
                (IndexedRecord) new RandomData(schema, 1, 5L).iterator().next());
    }

    private Map<String, GenericRecord> read(String registryUrl) throws IOException {
        Map<String, GenericRecord> found = new HashMap<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers", KAFKA.bootstrapServers(),
                        "group.id", "a-stranger",
                        "auto.offset.reset", "earliest",
                        "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.subscribe(topics.valueSchemas().keySet());
            Await.until("a record of every topic is read", () -> {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    assertEquals("default/build-1", new String(record.key(), UTF_8));
                    found.put(record.topic(), decode(registryUrl, record.value()));
                }
                return found.size() == topics.valueSchemas().size();
            });
        }
        return found;
    }

    private static GenericRecord decode(String registryUrl, byte[] value) throws IOException, InterruptedException {
        ByteBuffer frame = ByteBuffer.wrap(value);
        assertEquals(0, frame.get());
        int id = frame.getInt();
        String answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(registryUrl + "/schemas/ids/" + id))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
        Schema schema = new Schema.Parser()
                .parse(new ObjectMapper().readTree(answer).get("schema").asText());
        return new GenericDatumReader<GenericRecord>(schema)
                .read(null, DecoderFactory.get().binaryDecoder(value, 5, value.length - 5, null));
    }

    private static Object field(@Nullable GenericRecord record, String name) {
        return Objects.requireNonNull(Objects.requireNonNull(record).get(name), name);
    }
}
