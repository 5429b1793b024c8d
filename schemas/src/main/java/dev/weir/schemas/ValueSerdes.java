package dev.weir.schemas;

import dev.weir.registry.RegistryAvroDeserializer;
import dev.weir.registry.RegistryAvroSerde;
import dev.weir.registry.RegistryAvroSerializer;
import dev.weir.registry.RegistryClient;
import dev.weir.settings.Setting;
import dev.weir.settings.Settings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;

/**
 * How values are written and read: by weir's own serde, all of it over one registry client, or by the classes that the
 * settings name, Confluent's for instance. Asks no registry before the first value. Thread-safe; what it gives out is
 * as its own documentation says.
 */
public final class ValueSerdes {
    private final Map<String, Object> properties;
    private final RegistryClient client;
    private final String serializer;
    private final String deserializer;

    private ValueSerdes(Map<String, ?> properties, String serializer, String deserializer) {
        this.properties = new HashMap<>(properties);
        // Confluent's deserializer makes generic records unless it is told; weir's own is told the class.
        this.properties.put("specific.avro.reader", "true");
        this.client = RegistryClient.from(this.properties);
        this.serializer = serializer;
        this.deserializer = deserializer;
    }

    /** With the properties of {@link ClusterProperties}; a bad one of the registry's is an exception that names it. */
    public static ValueSerdes from(Settings settings, Map<String, ?> properties) {
        return new ValueSerdes(
                properties,
                settings.text(ClusterSettings.VALUE_SERIALIZER),
                settings.text(ClusterSettings.VALUE_DESERIALIZER));
    }

    /** Weir's own serde, with these properties of Confluent's names. */
    public static ValueSerdes own(Map<String, ?> properties) {
        return from(new Settings(Map.of()), properties);
    }

    /** The client behind weir's own serde. */
    public RegistryClient registry() {
        return client;
    }

    public <T extends SpecificRecord> Serde<T> serde(Class<T> type) {
        return isOwn(ClusterSettings.VALUE_SERIALIZER, serializer)
                        && isOwn(ClusterSettings.VALUE_DESERIALIZER, deserializer)
                ? new RegistryAvroSerde<>(client, type)
                : Serdes.serdeFrom(serializer(type), deserializer(type));
    }

    @SuppressWarnings("unchecked") // such serializers take every record
    public <T extends SpecificRecord> Serializer<T> serializer(Class<T> type) {
        if (isOwn(ClusterSettings.VALUE_SERIALIZER, serializer)) {
            return new RegistryAvroSerializer<>(client);
        }
        Serializer<T> foreign = make(ClusterSettings.VALUE_SERIALIZER, serializer, Serializer.class);
        foreign.configure(properties, false);
        return foreign;
    }

    public <T extends SpecificRecord> Deserializer<T> deserializer(Class<T> type) {
        if (isOwn(ClusterSettings.VALUE_DESERIALIZER, deserializer)) {
            return new RegistryAvroDeserializer<>(client, type);
        }
        Deserializer<?> foreign = foreignDeserializer();
        return new Deserializer<T>() {
            @Override
            public T deserialize(String topic, byte[] value) {
                return type.cast(foreign.deserialize(topic, value));
            }

            @Override
            public void close() {
                foreign.close();
            }
        };
    }

    /** Reads the values of that topic of lines. Not thread-safe: one for each thread. */
    public LineBatchReader lineReader(String linesTopic) {
        return isOwn(ClusterSettings.VALUE_DESERIALIZER, deserializer)
                ? new LineBatchReader(client)
                : LineBatchReader.through(foreignDeserializer(), linesTopic);
    }

    /** Writes the values of that topic of lines. */
    public LineValues lineValues(String linesTopic) {
        Serializer<RunRecord> records = serializer(RunRecord.class);
        return isOwn(ClusterSettings.VALUE_SERIALIZER, serializer)
                ? new LineValues.Own(linesTopic, records, client)
                : new LineValues.Foreign(linesTopic, records);
    }

    /**
     * Registers every topic's schema and holds its subject to {@code BACKWARD_TRANSITIVE}, so that nobody can add
     * a version that breaks readers. For the server at its start: a producer may not be allowed to.
     *
     * @return what the registry would not do about that, a sentence each
     */
    public List<String> prepare(Topics topics) {
        return topics.valueSchemas().entrySet().stream()
                .map(topic -> client.prepareValue(topic.getKey(), topic.getValue(), "BACKWARD_TRANSITIVE"))
                .flatMap(Optional::stream)
                .toList();
    }

    private Deserializer<?> foreignDeserializer() {
        Deserializer<?> foreign = make(ClusterSettings.VALUE_DESERIALIZER, deserializer, Deserializer.class);
        foreign.configure(properties, false);
        return foreign;
    }

    private static boolean isOwn(Setting setting, String name) {
        return name.equals(setting.defaultValue());
    }

    private static <T> T make(Setting setting, String name, Class<T> kind) {
        try {
            return kind.cast(Class.forName(name).getDeclaredConstructor().newInstance());
        } catch (ReflectiveOperationException | LinkageError | ClassCastException unusable) {
            throw new IllegalArgumentException(
                    setting.variable() + " is '" + Shown.of(name) + "': use a " + kind.getName()
                            + " with a constructor without arguments, on the class path (" + unusable + ")",
                    unusable);
        }
    }
}
