package dev.weir.registry;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;

/**
 * A registry inside the process, for tests: Confluent's {@code mock://name}, one for each name. It holds every subject to
 * BACKWARD_TRANSITIVE, as weir wants it of a real one.
 */
final class MemorySchemaStore implements SchemaStore {
    private static final Map<String, MemorySchemaStore> STORES = new ConcurrentHashMap<>();

    private final List<Schema> schemas = new ArrayList<>();
    private final Map<String, List<Schema>> subjects = new HashMap<>();

    static MemorySchemaStore named(String name) {
        return STORES.computeIfAbsent(name, any -> new MemorySchemaStore());
    }

    @Override
    public synchronized int register(String subject, Schema schema) {
        List<Schema> versions = subjects.computeIfAbsent(subject, any -> new ArrayList<>());
        if (!versions.contains(schema)) {
            for (Schema older : versions) {
                SchemaCompatibilityType type = SchemaCompatibility.checkReaderWriterCompatibility(schema, older)
                        .getType();
                if (type != SchemaCompatibilityType.COMPATIBLE) {
                    throw new WireException.IncompatibleSubject(subject, "it cannot read an older version");
                }
            }
            versions.add(schema);
        }
        if (!schemas.contains(schema)) {
            schemas.add(schema);
        }
        return schemas.indexOf(schema) + 1;
    }

    @Override
    public synchronized int idOf(String subject, Schema schema) {
        if (!subjects.getOrDefault(subject, List.of()).contains(schema)) {
            throw new WireException.UnregisteredSchema(subject, schema.getFullName());
        }
        return schemas.indexOf(schema) + 1;
    }

    @Override
    public synchronized Registered latest(String subject) {
        List<Schema> versions = subjects.getOrDefault(subject, List.of());
        if (versions.isEmpty()) {
            throw new WireException.UnregisteredSchema(subject, "at all");
        }
        Schema latest = versions.get(versions.size() - 1);
        return new Registered(schemas.indexOf(latest) + 1, latest);
    }

    @Override
    public synchronized Schema byId(int id) {
        if (id < 1 || id > schemas.size()) {
            throw new WireException.UnknownSchemaId(id, "Schema not found");
        }
        return schemas.get(id - 1);
    }

    @Override
    public void requireCompatibility(String subject, String level) {
        // It knows no other.
    }
}
