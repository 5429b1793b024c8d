package dev.weir.registry;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** Writes Avro records, generated or generic, in Confluent's wire format. Thread-safe once configured. */
public final class RegistryAvroSerializer<T extends IndexedRecord> implements Serializer<T> {
    private static final SpecificData DATA = OwnRecord.data();

    private @Nullable RegistryClient client;
    private final Map<String, String> subjects = new ConcurrentHashMap<>();
    private String suffix = "-value";

    /** For Kafka, which calls {@link #configure}. */
    public RegistryAvroSerializer() {}

    /** Shares a client, and with it what is already known. Needs no configuring. */
    public RegistryAvroSerializer(RegistryClient client) {
        this.client = client;
    }

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        suffix = isKey ? "-key" : "-value";
        if (client == null) {
            client = RegistryClient.from(configs);
        }
    }

    @Override
    public byte @Nullable [] serialize(String topic, @Nullable T record) {
        if (record == null) {
            return null;
        }
        if (client == null) {
            throw new IllegalStateException("Not configured: call configure first, or give a client");
        }
        Schema schema = record.getSchema();
        RegistryClient.Written written = client.toWrite(subject(topic), schema);
        try {
            byte[] own = framed(written.id(), record, schema);
            return written.other().isEmpty() ? own : transcoded(own, schema, written);
        } catch (IOException | AvroRuntimeException | ClassCastException | NullPointerException notOfItsSchema) {
            throw new SerializationException(
                    "The record is not what its schema " + schema.getFullName() + " says ("
                            + notOfItsSchema.getMessage() + "): set every field that has no default",
                    notOfItsSchema);
        }
    }

    /** TopicNameStrategy; remembered, because joining two texts is garbage a record. */
    private String subject(String topic) {
        String subject = subjects.get(topic);
        if (subject == null) {
            subject = topic + suffix;
            subjects.put(topic, subject);
        }
        return subject;
    }

    private static byte[] framed(int id, IndexedRecord record, Schema schema) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(256);
        byte[] header = new byte[WireFormat.HEADER];
        WireFormat.putHeader(header, id);
        out.write(header);
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        new SpecificDatumWriter<IndexedRecord>(schema, DATA).write(record, encoder);
        return out.toByteArray();
    }

    /** Under {@code use.latest.version} a record is written as the registry's latest version has it. */
    private static byte[] transcoded(byte[] own, Schema schema, RegistryClient.Written written) throws IOException {
        Schema other = written.other().orElseThrow();
        IndexedRecord resolved = new GenericDatumReader<IndexedRecord>(schema, other)
                .read(
                        null,
                        DecoderFactory.get()
                                .binaryDecoder(own, WireFormat.HEADER, own.length - WireFormat.HEADER, null));
        return framed(written.id(), resolved, other);
    }
}
