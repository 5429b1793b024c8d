package dev.weir.registry;

import java.util.Map;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/** Both halves, for Kafka Streams. Thread-safe once configured. */
public final class RegistryAvroSerde<T extends IndexedRecord> implements Serde<T> {
    private final RegistryAvroSerializer<T> serializer;
    private final RegistryAvroDeserializer<T> deserializer;

    /** For Kafka, which calls {@link #configure}. */
    public RegistryAvroSerde() {
        this.serializer = new RegistryAvroSerializer<>();
        this.deserializer = new RegistryAvroDeserializer<>();
    }

    /** Shares a client. Needs no configuring. */
    public RegistryAvroSerde(RegistryClient client, Class<T> type) {
        this.serializer = new RegistryAvroSerializer<>(client);
        this.deserializer = new RegistryAvroDeserializer<>(client, type);
    }

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        serializer.configure(configs, isKey);
        deserializer.configure(configs, isKey);
    }

    @Override
    public Serializer<T> serializer() {
        return serializer;
    }

    @Override
    public Deserializer<T> deserializer() {
        return deserializer;
    }
}
