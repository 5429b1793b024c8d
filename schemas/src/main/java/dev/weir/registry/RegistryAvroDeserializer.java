package dev.weir.registry;

import dev.weir.registry.WireException.MalformedPayload;
import dev.weir.registry.WireException.UnreadableSchema;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads Avro records in Confluent's wire format: into the class it was given; else into the generated class of the
 * writer's name if {@code specific.avro.reader} is set; else into generic records. Thread-safe once configured.
 */
public final class RegistryAvroDeserializer<T extends IndexedRecord> implements Deserializer<T> {
    private static final SpecificData DATA = OwnRecord.data();

    private final Map<Integer, Reader> readers = new ConcurrentHashMap<>();
    private final @Nullable Class<T> type;
    private @Nullable RegistryClient client;

    private record Reader(Schema writer, DatumReader<Object> datums) {}

    /** For Kafka, which calls {@link #configure}. */
    public RegistryAvroDeserializer() {
        this.type = null;
    }

    /** Reads into that generated class; still to be configured. */
    public RegistryAvroDeserializer(Class<T> type) {
        this.type = type;
    }

    /** Shares a client, and with it what is already known. Needs no configuring. */
    public RegistryAvroDeserializer(RegistryClient client, Class<T> type) {
        this.type = type;
        this.client = client;
    }

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        if (client == null) {
            client = RegistryClient.from(configs);
        }
    }

    @Override
    @SuppressWarnings("unchecked") // without a class, the caller says what it expects; Kafka's own way
    public @Nullable T deserialize(String topic, byte @Nullable [] value) {
        if (value == null) {
            return null;
        }
        int id = WireFormat.schemaId(value);
        Reader reader = readers.get(id);
        if (reader == null) {
            reader = reader(id);
            readers.put(id, reader);
        }
        int length = value.length - WireFormat.HEADER;
        AvroBytes bytes = new AvroBytes().over(value, WireFormat.HEADER, value.length);
        bytes.check(reader.writer());
        bytes.checkEnd();
        try {
            return (T) reader.datums()
                    .read(null, DecoderFactory.get().binaryDecoder(value, WireFormat.HEADER, length, null));
        } catch (IOException | AvroRuntimeException broken) {
            throw new MalformedPayload(String.valueOf(broken.getMessage()), broken);
        }
    }

    private Reader reader(int id) {
        if (client == null) {
            throw new IllegalStateException("Not configured: call configure first, or give a client");
        }
        Schema writer = client.byId(id);
        if (writer.getType() != Schema.Type.RECORD) {
            throw new UnreadableSchema(id, "it is a " + writer.getType().getName() + ", not a record", null);
        }
        Class<?> generated = type != null ? type : client.config().specificReader() ? DATA.getClass(writer) : null;
        if (generated == null) {
            return new Reader(writer, new GenericDatumReader<>(writer));
        }
        Schema expected = DATA.getSchema(generated);
        if (SchemaCompatibility.checkReaderWriterCompatibility(expected, writer).getType()
                != SchemaCompatibilityType.COMPATIBLE) {
            throw new UnreadableSchema(id, writer.getFullName() + " does not fit " + expected.getFullName(), null);
        }
        return new Reader(writer, new SpecificDatumReader<>(writer, expected, DATA));
    }
}
