package dev.weir.topology;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/** Kafka Streams' properties for our settings. What the user gave for all Kafka clients wins, except what exactness needs. */
final class StreamsProperties {
    private StreamsProperties() {}

    static Map<String, Object> of(TopologySettings settings) {
        Map<String, Object> all = new HashMap<>();
        all.put(StreamsConfig.CLIENT_ID_CONFIG, settings.applicationId());
        all.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, -1);
        all.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, settings.standbys());
        // Batches are large: a thousand of them, Kafka's default, would be a hundred megabytes a partition.
        all.put(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG, 64);
        consumer(all, ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 128);
        consumer(all, ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 16 << 20);
        consumer(all, ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 4 << 20);
        // As large as the system lets it grow: into Kafka's 64 KiB a fetch comes only while the stream thread is
        // polling.
        all.put(StreamsConfig.consumerPrefix(ConsumerConfig.RECEIVE_BUFFER_CONFIG), -1);
        producer(all, ProducerConfig.LINGER_MS_CONFIG, 20);
        producer(all, ProducerConfig.BATCH_SIZE_CONFIG, 128 << 10);
        all.putAll(settings.kafka());
        all.put(StreamsConfig.APPLICATION_ID_CONFIG, settings.applicationId());
        all.put(StreamsConfig.STATE_DIR_CONFIG, settings.stateDirectory().toString());
        all.put(StreamsConfig.APPLICATION_SERVER_CONFIG, settings.advertisedHost() + ":" + settings.advertisedPort());
        all.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, settings.processingGuarantee());
        all.put(
                StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
                settings.commitInterval().toMillis());
        all.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, settings.threads());
        all.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, settings.groupProtocol());
        all.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0);
        all.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        all.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, RocksMemory.class);
        all.put(RocksMemory.BYTES, Long.toString(settings.rocksBytes()));
        // A changelog must outlive its store: the store's clock may stand still while the topic's goes on.
        all.put(
                StreamsConfig.WINDOW_STORE_CHANGE_LOG_ADDITIONAL_RETENTION_MS_CONFIG,
                settings.retention().toMillis());
        if (settings.groupProtocol().equals("classic")) {
            // A server that comes back under its name gets its partitions at once, also after kill -9.
            consumer(
                    all,
                    ConsumerConfig.GROUP_INSTANCE_ID_CONFIG,
                    settings.advertisedHost() + "-" + settings.advertisedPort());
            consumer(all, ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000);
            consumer(all, ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 2_000);
        }
        return all;
    }

    private static void consumer(Map<String, Object> all, String name, Object value) {
        all.put(StreamsConfig.MAIN_CONSUMER_PREFIX + name, value);
    }

    private static void producer(Map<String, Object> all, String name, Object value) {
        all.put(StreamsConfig.PRODUCER_PREFIX + name, value);
    }
}
