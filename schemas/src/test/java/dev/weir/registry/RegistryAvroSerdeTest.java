package dev.weir.registry;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.weir.schemas.ApiKey;
import dev.weir.schemas.KeyScope;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

class RegistryAvroSerdeTest {
    private static final ApiKey KEY = ApiKey.newBuilder()
            .setId("k1")
            .setTenant("default")
            .setHash(ByteBuffer.wrap(new byte[] {1, 2}))
            .setScopes(List.of(KeyScope.READ))
            .setCreatedAt(Instant.ofEpochMilli(5))
            .setExpiresAt(Instant.ofEpochMilli(6))
            .build();

    private final Map<String, String> settings = new HashMap<>();

    RegistryAvroSerdeTest(TestInfo test) {
        settings.put("schema.registry.url", "mock://" + test.getDisplayName());
    }

    @Test
    void writesConfluentsFrameAndReadsItBack() {
        RegistryAvroSerde<ApiKey> serde = new RegistryAvroSerde<>(RegistryClient.from(settings), ApiKey.class);

        byte[] framed = Objects.requireNonNull(serde.serializer().serialize("weir.keys", KEY));

        assertArrayEquals(new byte[] {0, 0, 0, 0, 1}, Arrays.copyOf(framed, 5));
        assertEquals(KEY, serde.deserializer().deserialize("weir.keys", framed));
    }

    @Test
    void leavesTombstonesAlone() {
        RegistryAvroSerde<ApiKey> serde = new RegistryAvroSerde<>(RegistryClient.from(settings), ApiKey.class);

        assertNull(serde.serializer().serialize("weir.keys", null));
        assertNull(serde.deserializer().deserialize("weir.keys", null));
    }

    @Test
    void readsGenericRecordsUnlessToldOtherwise() {
        byte[] framed = framed(KEY);

        GenericRecord generic = (GenericRecord) configured(Map.of()).deserialize("weir.keys", framed);
        IndexedRecord generated =
                configured(Map.of("specific.avro.reader", "true")).deserialize("weir.keys", framed);

        assertEquals("k1", Objects.requireNonNull(generic).get("id").toString());
        assertEquals(KEY, generated);
    }

    @Test
    void readsWhatAnOlderVersionWrote() {
        Schema older = SchemaBuilder.record("ApiKey")
                .namespace("dev.weir.schemas")
                .fields()
                .requiredString("id")
                .requiredString("tenant")
                .requiredBytes("hash")
                .name("scopes")
                .type(ApiKey.getClassSchema().getField("scopes").schema())
                .noDefault()
                .requiredLong("createdAt")
                .endRecord();
        GenericRecord record = new GenericRecordBuilder(older)
                .set("id", "k1")
                .set("tenant", "default")
                .set("hash", ByteBuffer.wrap(new byte[] {1, 2}))
                .set("scopes", List.of())
                .set("createdAt", 5L)
                .build();

        ApiKey read = deserializer().deserialize("weir.keys", framed(record));

        assertEquals("SHA-256", Objects.requireNonNull(read).getHashAlgorithm());
        assertEquals(Instant.ofEpochMilli(5), read.getCreatedAt());
    }

    @Test
    void writesAsTheLatestVersionIfAskedTo() {
        Schema latest = SchemaBuilder.record("A")
                .fields()
                .requiredString("a")
                .name("more")
                .type()
                .intType()
                .intDefault(3)
                .endRecord();
        Schema own = SchemaBuilder.record("A").fields().requiredString("a").endRecord();
        RegistryClient.from(settings).toWrite("t-value", latest);
        settings.put("use.latest.version", "true");
        RegistryAvroSerializer<GenericRecord> serializer = new RegistryAvroSerializer<>();
        serializer.configure(settings, false);

        byte[] framed = serializer.serialize(
                "t", new GenericRecordBuilder(own).set("a", "x").build());

        GenericRecord read =
                (GenericRecord) Objects.requireNonNull(configured(Map.of()).deserialize("t", framed));
        assertEquals(3, read.get("more"));
    }

    @Test
    void namesEveryWayInWhichAValueCannotBeRead() {
        byte[] good = framed(KEY);

        assertSays(
                "The value begins with byte 0x7b, not 0x00: it is not in Confluent's wire format (0, four bytes of"
                        + " schema id, Avro); let its producer use a registry's Avro serializer",
                "{\"id\":1}".getBytes());
        assertSays("The value is cut off: it is empty, where a header of 5 bytes and Avro belong", new byte[0]);
        assertSays("The value is cut off: it has 3 bytes, where a header of 5 and Avro belong", new byte[3]);
        assertSays("The value is cut off: it ends within a number", Arrays.copyOf(good, 5));
        assertSays("The value is cut off: a field of 7 bytes begins 3 bytes before the end", Arrays.copyOf(good, 12));
        assertSays(
                "The value is damaged or breaks its topic's contract: 1 bytes follow its end",
                Arrays.copyOf(good, good.length + 1));
        assertSays(
                "The value's schema id is 77 and the registry has none such (Schema not found):"
                        + " the producer used another registry, or this one lost its data",
                new byte[] {0, 0, 0, 0, 77});
    }

    @Test
    void refusesARecordOfAnotherKind() {
        Schema other = SchemaBuilder.record("Other").fields().requiredInt("n").endRecord();
        byte[] framed = framed(new GenericRecordBuilder(other).set("n", 1).build());

        assertSays(
                "The value's schema (id 1) cannot be read as what belongs here (Other does not fit"
                        + " dev.weir.schemas.ApiKey): another kind of record is in the topic, or its producer is too new",
                framed);
    }

    @Test
    void neverDoesMoreThanSayThatAValueIsDamaged() {
        byte[] good = framed(KEY);
        Deserializer<ApiKey> deserializer = deserializer();
        for (int seed = 0; seed < 20_000; seed++) {
            Random random = new Random(seed);
            byte[] damaged = good.clone();
            for (int i = random.nextInt(3); i >= 0; i--) {
                damaged[5 + random.nextInt(damaged.length - 5)] = (byte) random.nextInt();
            }
            try {
                deserializer.deserialize("weir.keys", damaged);
            } catch (WireException said) {
                assertEquals(true, said.poison());
            }
        }
    }

    @Test
    void saysWhichRecordIsIncomplete() {
        Schema schema = SchemaBuilder.record("A").fields().requiredString("a").endRecord();

        String said = assertThrows(
                        org.apache.kafka.common.errors.SerializationException.class,
                        () -> framed(new GenericData.Record(schema)))
                .getMessage();

        assertEquals(true, Objects.requireNonNull(said).startsWith("The record is not what its schema A says ("), said);
    }

    private void assertSays(String message, byte[] value) {
        WireException said =
                assertThrows(WireException.class, () -> deserializer().deserialize("weir.keys", value));

        assertEquals(message, said.getMessage());
        assertEquals(true, said.poison());
    }

    private byte[] framed(IndexedRecord record) {
        return Objects.requireNonNull(
                new RegistryAvroSerializer<>(RegistryClient.from(settings)).serialize("weir.keys", record));
    }

    private Deserializer<ApiKey> deserializer() {
        return new RegistryAvroDeserializer<>(RegistryClient.from(settings), ApiKey.class);
    }

    private Deserializer<IndexedRecord> configured(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(settings);
        all.putAll(more);
        Deserializer<IndexedRecord> deserializer = new RegistryAvroDeserializer<>();
        deserializer.configure(all, false);
        return deserializer;
    }
}
