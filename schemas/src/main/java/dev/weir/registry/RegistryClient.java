package dev.weir.registry;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.apache.avro.Schema;

/**
 * A schema registry, and everything it has said so far: ids and schemas never change, so each is asked for once. Made
 * without a connection; the first question opens one. Thread-safe, and meant to be shared.
 */
public final class RegistryClient implements WriterSchemas {
    private static final int MOST_UNKNOWN = 1_000;
    private static final long UNKNOWN_FOR_NANOS = 5_000_000_000L;

    private final RegistryConfig config;
    private final SchemaStore store;
    private final LongSupplier nanoTime;
    private final Map<Integer, Schema> schemas = new ConcurrentHashMap<>();
    private final Map<Use, Written> writing = new ConcurrentHashMap<>();
    private final Map<Integer, Long> unknown = new ConcurrentHashMap<>();

    private record Use(String subject, Schema schema) {}

    /** What to write a record as: the id for the header, and the schema, where that is not the record's own. */
    record Written(int id, Optional<Schema> other) {}

    RegistryClient(RegistryConfig config, SchemaStore store, LongSupplier nanoTime) {
        this.config = config;
        this.store = store;
        this.nanoTime = nanoTime;
    }

    /** From Confluent's settings; others in the map are not looked at. */
    public static RegistryClient from(Map<String, ?> settings) {
        RegistryConfig config = RegistryConfig.from(settings);
        SchemaStore store = config.mock()
                .<SchemaStore>map(MemorySchemaStore::named)
                .orElseGet(() -> new HttpSchemaStore(new RegistryHttp(config)));
        return new RegistryClient(config, store, System::nanoTime);
    }

    RegistryConfig config() {
        return config;
    }

    /** The id of a topic's values that are written as the schema says; none if they must be written as another says. */
    public OptionalInt valueId(String topic, Schema schema) {
        Written written = toWrite(topic + "-value", schema);
        return written.other().isPresent() ? OptionalInt.empty() : OptionalInt.of(written.id());
    }

    /**
     * Registers the schema, or makes sure that it is there if {@code auto.register.schemas} forbids to register, and holds
     * the subject to that level from now on.
     *
     * @return why the subject is not held to it: a registry may leave that to its administrators
     */
    public Optional<String> prepareValue(String topic, Schema schema, String compatibility) {
        String subject = topic + "-value";
        if (!config.autoRegister()) {
            store.idOf(subject, schema);
            return Optional.empty();
        }
        int id = store.register(subject, schema);
        if (!config.useLatest()) {
            writing.put(new Use(subject, schema), new Written(id, Optional.empty()));
        }
        try {
            store.requireCompatibility(subject, compatibility);
            return Optional.empty();
        } catch (WireException.RegistryRefused administratorsOnly) {
            return Optional.of(
                    administratorsOnly.getMessage() + "; subject " + subject + " is not held to " + compatibility);
        }
    }

    Written toWrite(String subject, Schema schema) {
        Use use = new Use(subject, schema);
        Written written = writing.get(use);
        if (written == null) {
            written = askToWrite(subject, schema);
            writing.put(use, written);
        }
        return written;
    }

    private Written askToWrite(String subject, Schema schema) {
        if (config.useLatest()) {
            SchemaStore.Registered latest = store.latest(subject);
            return new Written(latest.id(), Layouts.another(schema, latest.schema(), subject));
        }
        int id = config.autoRegister() ? store.register(subject, schema) : store.idOf(subject, schema);
        return new Written(id, Optional.empty());
    }

    @Override
    public Schema byId(int id) {
        Schema schema = schemas.get(id);
        if (schema == null) {
            schema = askById(id);
            schemas.put(id, schema);
        }
        return schema;
    }

    private Schema askById(int id) {
        // A flood of values with invented ids must not become a flood of requests.
        Long since = unknown.get(id);
        if (since != null && nanoTime.getAsLong() - since < UNKNOWN_FOR_NANOS) {
            throw new WireException.UnknownSchemaId(id, "asked a moment ago");
        }
        try {
            return store.byId(id);
        } catch (WireException.UnknownSchemaId none) {
            if (unknown.size() >= MOST_UNKNOWN) {
                unknown.clear();
            }
            unknown.put(id, nanoTime.getAsLong());
            throw none;
        }
    }
}
