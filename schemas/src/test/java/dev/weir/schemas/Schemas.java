package dev.weir.schemas;

import dev.weir.registry.WireFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;

/** Other versions of a schema, and records as they would have written them. */
final class Schemas {
    private Schemas() {}

    /** The schema as it would be without those fields, by record's name. */
    static Schema without(Schema schema, Map<String, List<String>> fields) {
        return without(schema, fields, new TreeMap<>());
    }

    private static Schema without(Schema schema, Map<String, List<String>> fields, Map<String, Schema> made) {
        return switch (schema.getType()) {
            case UNION ->
                Schema.createUnion(schema.getTypes().stream()
                        .map(branch -> without(branch, fields, made))
                        .toList());
            case ARRAY -> Schema.createArray(without(schema.getElementType(), fields, made));
            case RECORD -> {
                if (!made.containsKey(schema.getFullName())) {
                    Schema copy = Schema.createRecord(schema.getName(), null, schema.getNamespace(), false);
                    made.put(schema.getFullName(), copy);
                    List<Schema.Field> kept = new ArrayList<>();
                    for (Schema.Field field : schema.getFields()) {
                        if (!fields.getOrDefault(schema.getName(), List.of()).contains(field.name())) {
                            kept.add(new Schema.Field(
                                    field.name(), without(field.schema(), fields, made), null, field.defaultVal()));
                        }
                    }
                    copy.setFields(kept);
                }
                yield made.get(schema.getFullName());
            }
            default -> schema;
        };
    }

    /** The same record, of the class that is generated for it. */
    static SpecificRecord generated(IndexedRecord record) {
        byte[] written = RandomBatch.framed(0, record, record.getSchema(), false);
        try {
            return new SpecificDatumReader<SpecificRecord>(record.getSchema())
                    .read(
                            null,
                            DecoderFactory.get()
                                    .binaryDecoder(
                                            written, WireFormat.HEADER, written.length - WireFormat.HEADER, null));
        } catch (IOException inMemory) {
            throw new UncheckedIOException(inMemory);
        }
    }

    /** The record as another version's producer would hold it. */
    static IndexedRecord convert(IndexedRecord record, Schema as) {
        byte[] written = RandomBatch.framed(0, record, record.getSchema(), false);
        try {
            return new GenericDatumReader<IndexedRecord>(record.getSchema(), as)
                    .read(
                            null,
                            DecoderFactory.get()
                                    .binaryDecoder(
                                            written, WireFormat.HEADER, written.length - WireFormat.HEADER, null));
        } catch (IOException inMemory) {
            throw new UncheckedIOException(inMemory);
        }
    }
}
