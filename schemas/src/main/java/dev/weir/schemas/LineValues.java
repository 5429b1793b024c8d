package dev.weir.schemas;

import dev.weir.registry.RegistryClient;
import java.util.Objects;
import java.util.OptionalInt;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * What a producer of lines sends: batches straight from their bytes where that is possible, records in any case.
 * Thread-safe, unless a serializer that the settings name is not.
 */
public sealed interface LineValues {

    /** The value of a batch. Asks the registry the first time, and never again. */
    byte[] value(LineBatchWriter batch);

    /** The value of any other record. */
    byte[] value(RunRecord record);

    /** By weir's own codec. */
    final class Own implements LineValues {
        private final String topic;
        private final Serializer<RunRecord> records;
        private final RegistryClient client;
        private volatile @Nullable OptionalInt id;

        Own(String topic, Serializer<RunRecord> records, RegistryClient client) {
            this.topic = topic;
            this.records = records;
            this.client = client;
        }

        @Override
        public byte[] value(LineBatchWriter batch) {
            OptionalInt known = id;
            if (known == null) {
                known = client.valueId(topic, RunRecord.getClassSchema());
                id = known;
            }
            return known.isPresent() ? batch.framed(known.getAsInt()) : value(batch.toRecord());
        }

        @Override
        public byte[] value(RunRecord record) {
            return Objects.requireNonNull(records.serialize(topic, record));
        }
    }

    /** By a serializer that takes nothing but records. */
    final class Foreign implements LineValues {
        private final String topic;
        private final Serializer<RunRecord> records;

        Foreign(String topic, Serializer<RunRecord> records) {
            this.topic = topic;
            this.records = records;
        }

        @Override
        public byte[] value(LineBatchWriter batch) {
            return value(batch.toRecord());
        }

        @Override
        public byte[] value(RunRecord record) {
            return Objects.requireNonNull(records.serialize(topic, record));
        }
    }
}
