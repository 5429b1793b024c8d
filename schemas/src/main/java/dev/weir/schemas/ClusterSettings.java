package dev.weir.schemas;

import dev.weir.settings.Setting;
import java.util.List;

/** Every setting of this module: where the cluster is, how values are written, and what the topics are like. */
public final class ClusterSettings {
    public static final Setting BOOTSTRAP_SERVERS = new Setting(
            "weir.bootstrap.servers", "", "host:port, …", "Kafka's brokers. The command, without it, asks the node.");
    public static final Setting SCHEMA_REGISTRY_URL = new Setting(
            "weir.schema.registry.url",
            "",
            "URL, …",
            "Schema registries that speak Confluent's REST API; the next one is asked when one is away."
                    + " The command, without it, asks the node.");
    public static final Setting KAFKA_CONFIG = new Setting(
            "weir.kafka.config",
            "",
            "path",
            "A properties file of Kafka's and the registry's own settings (SASL, TLS, basic.auth.user.info, …),"
                    + " for every client that weir opens.");
    public static final Setting VALUE_SERIALIZER = new Setting(
            "weir.value.serializer",
            "dev.weir.registry.RegistryAvroSerializer",
            "class",
            "What the server writes values with: its own, or io.confluent.kafka.serializers.KafkaAvroSerializer"
                    + " where that is on the class path. The command always uses its own.");
    public static final Setting VALUE_DESERIALIZER = new Setting(
            "weir.value.deserializer",
            "dev.weir.registry.RegistryAvroDeserializer",
            "class",
            "What the server reads values with: its own, or io.confluent.kafka.serializers.KafkaAvroDeserializer"
                    + " where that is on the class path.");
    public static final Setting COMPRESSION = new Setting(
            "weir.compression",
            "none",
            "none, gzip, lz4, zstd",
            "Compression of what weir produces. Clients of every language read none and gzip;"
                    + " some need a package more for lz4 and zstd.");

    public static final Setting TOPIC_PREFIX =
            new Setting("weir.topic.prefix", "weir", "text", "What the topics' names begin with, before a dot.");
    public static final Setting TOPIC_PARTITIONS = new Setting(
            "weir.topic.partitions",
            "4",
            "partitions",
            "Partitions of the topics keyed by run. Fixed once they exist: more of them would move runs.");
    public static final Setting TOPIC_REPLICATION =
            new Setting("weir.topic.replication", "0", "copies", "Copies of every partition; 0: the broker's default.");
    public static final Setting TOPIC_MIN_INSYNC = new Setting(
            "weir.topic.min.insync",
            "0",
            "copies",
            "Copies that must have a record before it is acknowledged; 0: the broker's default.");
    public static final Setting LINES_RETENTION = new Setting(
            "weir.topic.lines.retention", "24h", "duration", "How long raw lines can be expanded; 0s: for ever.");
    public static final Setting LINES_RETENTION_BYTES = new Setting(
            "weir.topic.lines.retention.bytes",
            "2GiB",
            "size",
            "Raw lines kept per partition, whatever their age; 0B: no bound.");
    public static final Setting EVENTS_RETENTION = new Setting(
            "weir.topic.events.retention",
            "7d",
            "duration",
            "How long other services find templates and runs in their topics; 0s: for ever.");
    public static final Setting EVENTS_RETENTION_BYTES = new Setting(
            "weir.topic.events.retention.bytes",
            "256MiB",
            "size",
            "Templates, and likewise runs, kept per partition, whatever their age; 0B: no bound.");
    public static final Setting WAKES_RETENTION = new Setting(
            "weir.topic.wakes.retention",
            "90d",
            "duration",
            "How long wakes are kept; no wake may be delayed for longer; 0s: for ever.");
    public static final Setting DEAD_LETTERS_RETENTION = new Setting(
            "weir.topic.dead.letters.retention", "7d", "duration", "How long refused records are kept; 0s: for ever.");
    public static final Setting DEAD_LETTERS_RETENTION_BYTES = new Setting(
            "weir.topic.dead.letters.retention.bytes",
            "256MiB",
            "size",
            "Refused records kept, whatever their age; 0B: no bound.");

    public static final List<Setting> ALL = List.of(
            BOOTSTRAP_SERVERS,
            SCHEMA_REGISTRY_URL,
            KAFKA_CONFIG,
            VALUE_SERIALIZER,
            VALUE_DESERIALIZER,
            COMPRESSION,
            TOPIC_PREFIX,
            TOPIC_PARTITIONS,
            TOPIC_REPLICATION,
            TOPIC_MIN_INSYNC,
            LINES_RETENTION,
            LINES_RETENTION_BYTES,
            EVENTS_RETENTION,
            EVENTS_RETENTION_BYTES,
            WAKES_RETENTION,
            DEAD_LETTERS_RETENTION,
            DEAD_LETTERS_RETENTION_BYTES);

    private ClusterSettings() {}
}
