package dev.weir.schemas;

import dev.weir.registry.AvroBytes;
import dev.weir.registry.Layouts;
import dev.weir.registry.OwnRecord;
import dev.weir.registry.WireException;
import dev.weir.registry.WireException.MalformedPayload;
import dev.weir.registry.WireException.UnreadableSchema;
import dev.weir.registry.WireFormat;
import dev.weir.registry.WriterSchemas;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** Finds, or makes, a run record's bytes as today's schema lays them out. Not thread-safe. */
interface RunRecordLayout {

    SpecificData DATA = OwnRecord.data();

    Located locate(byte @Nullable [] value);

    /** A run record's bytes: from {@code from} to the buffer's end. */
    record Located(byte[] buffer, int from) {}

    /** Decodes bytes that were checked before. */
    static RunRecord decode(byte[] buffer, int from) {
        BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(buffer, from, buffer.length - from, null);
        try {
            Schema schema = RunRecord.getClassSchema();
            return new SpecificDatumReader<RunRecord>(schema, schema, DATA).read(null, decoder);
        } catch (IOException | AvroRuntimeException broken) {
            throw new MalformedPayload(String.valueOf(broken.getMessage()), broken);
        }
    }

    static Located encode(IndexedRecord record, Schema schema) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        new SpecificDatumWriter<IndexedRecord>(schema, DATA).write(record, encoder);
        return new Located(out.toByteArray(), 0);
    }

    /** Of values in Confluent's wire format. */
    final class OfSchemas implements RunRecordLayout {
        private static final Schema OURS = RunRecord.getClassSchema();

        private final WriterSchemas schemas;
        private final Map<Integer, Writer> writers = new HashMap<>();
        private int ourId = -1;

        OfSchemas(WriterSchemas schemas) {
            this.schemas = schemas;
        }

        @Override
        public Located locate(byte @Nullable [] value) {
            int id = WireFormat.schemaId(value);
            byte[] framed = Objects.requireNonNull(value);
            if (id == ourId) {
                return new Located(framed, WireFormat.HEADER);
            }
            Writer writer = writers.get(id);
            if (writer == null) {
                writer = new Writer(id, schemas.byId(id));
                writers.put(id, writer);
            }
            if (writer.same) {
                ourId = id;
                return new Located(framed, WireFormat.HEADER);
            }
            return writer.resolve(framed);
        }

        /** Another version's schema. */
        private static final class Writer {
            private final Schema schema;
            private final boolean same;
            private final GenericDatumReader<IndexedRecord> reader;
            private final AvroBytes bytes = new AvroBytes();

            Writer(int id, Schema schema) {
                this.schema = schema;
                this.same = Layouts.same(schema, OURS);
                this.reader = new GenericDatumReader<>(schema, OURS);
                SchemaCompatibility.SchemaPairCompatibility pair =
                        SchemaCompatibility.checkReaderWriterCompatibility(OURS, schema);
                if (pair.getType() != SchemaCompatibilityType.COMPATIBLE) {
                    throw new UnreadableSchema(id, schema.getFullName() + " is not " + OURS.getFullName(), null);
                }
            }

            Located resolve(byte[] framed) {
                bytes.over(framed, WireFormat.HEADER, framed.length).check(schema);
                bytes.checkEnd();
                BinaryDecoder decoder = DecoderFactory.get()
                        .binaryDecoder(framed, WireFormat.HEADER, framed.length - WireFormat.HEADER, null);
                try {
                    return encode(reader.read(null, decoder), OURS);
                } catch (IOException | AvroRuntimeException broken) {
                    throw new MalformedPayload(String.valueOf(broken.getMessage()), broken);
                }
            }
        }
    }

    /** Of values that only another deserializer understands. */
    final class OfDeserializer implements RunRecordLayout {
        private final Deserializer<?> deserializer;
        private final String topic;

        OfDeserializer(Deserializer<?> deserializer, String topic) {
            this.deserializer = deserializer;
            this.topic = topic;
        }

        @Override
        public Located locate(byte @Nullable [] value) {
            if (value == null) {
                throw new WireException.TruncatedPayload("it is empty");
            }
            Object found = deserializer.deserialize(topic, value);
            if (!(found instanceof IndexedRecord record)) {
                throw new MalformedPayload("the deserializer made a "
                        + (found == null ? "null" : found.getClass().getName()) + " of it, not an Avro record");
            }
            return reencode(record);
        }

        private static Located reencode(IndexedRecord record) {
            // Written as it is and read again as ours: the record may be generic, and of another version.
            try {
                byte[] asWritten = encode(record, record.getSchema()).buffer();
                GenericDatumReader<IndexedRecord> reader =
                        new GenericDatumReader<>(record.getSchema(), RunRecord.getClassSchema());
                BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(asWritten, null);
                return encode(reader.read(null, decoder), RunRecord.getClassSchema());
            } catch (IOException | AvroRuntimeException broken) {
                throw new MalformedPayload(String.valueOf(broken.getMessage()), broken);
            }
        }
    }
}
