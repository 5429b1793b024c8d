package dev.weir.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.registry.RegistryAvroDeserializer;
import dev.weir.registry.RegistryAvroSerializer;
import dev.weir.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

class ValueSerdesTest {
    private final Map<String, String> properties;

    ValueSerdesTest(TestInfo test) {
        properties = Map.of("schema.registry.url", "mock://" + test.getDisplayName());
    }

    /** In the place of Confluent's: knows nothing of weir, is made without arguments and configured by a map. */
    public static final class Foreign implements Serializer<IndexedRecord> {
        private final RegistryAvroSerializer<IndexedRecord> inner = new RegistryAvroSerializer<>();

        @Override
        public void configure(Map<String, ?> configs, boolean isKey) {
            inner.configure(configs, isKey);
        }

        @Override
        public byte[] serialize(String topic, IndexedRecord record) {
            byte[] framed = Objects.requireNonNull(inner.serialize(topic, record));
            framed[0] = 42;
            return framed;
        }
    }

    /** Reads what {@link Foreign} writes, into generic or generated records as it is told. */
    public static final class ForeignToo implements Deserializer<IndexedRecord> {
        private final RegistryAvroDeserializer<IndexedRecord> inner = new RegistryAvroDeserializer<>();

        @Override
        public void configure(Map<String, ?> configs, boolean isKey) {
            inner.configure(configs, isKey);
        }

        @Override
        public @Nullable IndexedRecord deserialize(String topic, byte[] value) {
            byte[] ours = value.clone();
            ours[0] = 0;
            return inner.deserialize(topic, ours);
        }
    }

    @Test
    void writesBatchesAsTheSerializerOfRecordsWould() {
        ValueSerdes serdes = ValueSerdes.own(properties);
        LineBatchWriter batch = batch();

        byte[] fast = serdes.lineValues("weir.lines").value(batch);

        assertArrayEquals(serdes.serializer(RunRecord.class).serialize("weir.lines", batch.toRecord()), fast);
        assertEquals(
                LineBatchReader.Body.LINE_BATCH, serdes.lineReader("weir.lines").read(fast));
    }

    @Test
    void goesThroughAnotherSerdeIfTheSettingsNameOne() {
        ValueSerdes serdes = ValueSerdes.from(
                new Settings(Map.of(
                        "WEIR_VALUE_SERIALIZER", Foreign.class.getName(),
                        "WEIR_VALUE_DESERIALIZER", ForeignToo.class.getName())),
                properties);
        Heartbeat beat =
                Heartbeat.newBuilder().setSentAt(Instant.EPOCH).setEpoch(1).build();

        byte[] lines = serdes.lineValues("weir.lines").value(batch());
        byte[] other = serdes.lineValues("weir.lines").value(new RunRecord(beat));

        LineBatchReader reader = serdes.lineReader("weir.lines");
        assertEquals(42, lines[0]);
        assertEquals(LineBatchReader.Body.LINE_BATCH, reader.read(lines));
        assertEquals("worker 1 started", new String(reader.text(0), UTF_8));
        assertEquals(LineBatchReader.Body.HEARTBEAT, reader.read(other));
        assertEquals(
                new RunRecord(beat),
                serdes.serde(RunRecord.class).deserializer().deserialize("weir.lines", other));
    }

    @Test
    void saysWhichSettingNamesAClassThatIsNone() {
        ValueSerdes serdes =
                ValueSerdes.from(new Settings(Map.of("WEIR_VALUE_SERIALIZER", "no.such.Class")), properties);

        String said = assertThrows(IllegalArgumentException.class, () -> serdes.lineValues("weir.lines"))
                .getMessage();

        assertEquals(
                "WEIR_VALUE_SERIALIZER is 'no.such.Class': use a org.apache.kafka.common.serialization.Serializer with a"
                        + " constructor without arguments, on the class path"
                        + " (java.lang.ClassNotFoundException: no.such.Class)",
                said);
    }

    @Test
    void registersEveryTopicsSchema() {
        ValueSerdes serdes = ValueSerdes.own(properties);
        Topics topics = Topics.withPrefix("weir");

        serdes.prepare(topics);

        Map<String, String> mayNot = new HashMap<>(properties);
        mayNot.put("auto.register.schemas", "false");
        ValueSerdes careful = ValueSerdes.own(mayNot);
        topics.valueSchemas()
                .forEach((topic, schema) ->
                        assertTrue(careful.registry().valueId(topic, schema).isPresent(), topic));
        assertEquals(9, topics.valueSchemas().size());
    }

    @Test
    void takesKafkasAndTheRegistrysPropertiesFromAFileAndOverThemTheSettings(@TempDir Path directory)
            throws IOException {
        Path file = directory.resolve("kafka.properties");
        Files.writeString(file, "security.protocol=SASL_SSL\nbootstrap.servers=there:1\nbasic.auth.user.info=a:b\n");
        Settings settings =
                new Settings(Map.of("WEIR_KAFKA_CONFIG", file.toString(), "WEIR_BOOTSTRAP_SERVERS", "here:2"));

        Map<String, String> found = ClusterProperties.from(settings);

        assertEquals(
                Map.of("security.protocol", "SASL_SSL", "bootstrap.servers", "here:2", "basic.auth.user.info", "a:b"),
                found);
    }

    @Test
    void compressesAsTheSettingsSayAndNotAtAllByDefault() {
        Settings wrong = new Settings(Map.of("WEIR_COMPRESSION", "best"));

        assertEquals(
                Map.of("compression.type", "zstd"),
                ClusterProperties.from(new Settings(Map.of("WEIR_COMPRESSION", "zstd"))));
        assertEquals(Map.of(), ClusterProperties.from(new Settings(Map.of())));
        ClusterProperties.from(wrong);
        assertEquals(
                "WEIR_COMPRESSION is 'best': use one of none, gzip, lz4, zstd",
                assertThrows(IllegalArgumentException.class, wrong::check).getMessage());
    }

    @Test
    void reportsAPropertiesFileThatCannotBeRead() {
        Settings settings = new Settings(Map.of("WEIR_KAFKA_CONFIG", "/nowhere/kafka.properties"));

        ClusterProperties.from(settings);

        assertEquals(
                "WEIR_KAFKA_CONFIG is '/nowhere/kafka.properties': use a properties file that can be read"
                        + " (java.nio.file.NoSuchFileException: /nowhere/kafka.properties)",
                assertThrows(IllegalArgumentException.class, settings::check).getMessage());
    }

    private static LineBatchWriter batch() {
        LineBatchWriter batch = new LineBatchWriter(64);
        batch.begin("stdout", "stdout", 1, 0, 1_000);
        byte[] line = "worker 1 started".getBytes(UTF_8);
        batch.add(line, 0, line.length, 0);
        return batch;
    }
}
