package dev.weir.schemas;

import static dev.weir.schemas.TopicSpec.Config.fixed;
import static dev.weir.schemas.TopicSpec.Config.following;
import static org.apache.kafka.common.config.TopicConfig.CLEANUP_POLICY_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.COMPRESSION_TYPE_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.MAX_MESSAGE_BYTES_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.RETENTION_BYTES_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.RETENTION_MS_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.SEGMENT_BYTES_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.SEGMENT_MS_CONFIG;

import dev.weir.schemas.TopicSpec.Config;
import dev.weir.settings.Setting;
import dev.weir.settings.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What all topics are to be like, as the settings say. The one place that knows; {@link TopicAdmin} makes it so. */
public record TopicSettings(
        Topics topics,
        int partitions,
        int replication,
        int minInsync,
        Bound lines,
        Bound events,
        Duration wakesRetention,
        Bound deadLetters) {

    /** The largest batch a topic takes. Kafka's own default, written down so that a cluster with less is noticed. */
    public static final int LARGEST_RECORD_BATCH = 1_048_588;

    /** How long and how much; zero is no bound. */
    public record Bound(Duration retention, long bytes) {}

    /** Reads and notes problems; the caller calls {@link Settings#check}. */
    public static TopicSettings from(Settings settings) {
        return new TopicSettings(
                topics(settings),
                settings.integer(ClusterSettings.TOPIC_PARTITIONS, 1, 1_000),
                settings.integer(ClusterSettings.TOPIC_REPLICATION, 0, 100),
                settings.integer(ClusterSettings.TOPIC_MIN_INSYNC, 0, 100),
                new Bound(
                        settings.duration(ClusterSettings.LINES_RETENTION),
                        settings.bytes(ClusterSettings.LINES_RETENTION_BYTES)),
                new Bound(
                        settings.duration(ClusterSettings.EVENTS_RETENTION),
                        settings.bytes(ClusterSettings.EVENTS_RETENTION_BYTES)),
                settings.duration(ClusterSettings.WAKES_RETENTION),
                new Bound(
                        settings.duration(ClusterSettings.DEAD_LETTERS_RETENTION),
                        settings.bytes(ClusterSettings.DEAD_LETTERS_RETENTION_BYTES)));
    }

    private static Topics topics(Settings settings) {
        try {
            return Topics.withPrefix(settings.text(ClusterSettings.TOPIC_PREFIX));
        } catch (IllegalArgumentException notAPrefix) {
            settings.problem(
                    ClusterSettings.TOPIC_PREFIX,
                    "use 1 to 128 letters, digits, '.', '_' or '-', of which the first is a letter or digit");
            return Topics.withPrefix(ClusterSettings.TOPIC_PREFIX.defaultValue());
        }
    }

    /** Every topic. Lines and wakes have equal partitions: one task reads a run's lines and its wakes. */
    public List<TopicSpec> specs() {
        List<Config> events = concat(
                fixed(CLEANUP_POLICY_CONFIG, "compact,delete"),
                bounded(events(), ClusterSettings.EVENTS_RETENTION, ClusterSettings.EVENTS_RETENTION_BYTES));
        List<Config> whole = List.of(
                fixed(CLEANUP_POLICY_CONFIG, "compact"),
                // Read whole by every server at its start: kept short, even where little changes.
                fixed(MIN_CLEANABLE_DIRTY_RATIO_CONFIG, "0.1"),
                fixed(SEGMENT_MS_CONFIG, millis(Duration.ofDays(1))));
        Bound wakes = new Bound(wakesRetention(), 0);
        return List.of(
                spec(
                        topics.lines(),
                        partitions,
                        true,
                        arrival(bounded(
                                lines(), ClusterSettings.LINES_RETENTION, ClusterSettings.LINES_RETENTION_BYTES))),
                spec(topics.templates(), partitions, true, events),
                spec(topics.runs(), partitions, true, events),
                spec(topics.wakes(), partitions, true, arrival(retention(wakes, ClusterSettings.WAKES_RETENTION))),
                spec(
                        topics.wakeStates(),
                        partitions,
                        true,
                        concat(
                                fixed(CLEANUP_POLICY_CONFIG, "compact,delete"),
                                retention(wakes, ClusterSettings.WAKES_RETENTION))),
                spec(topics.baselines(), 1, false, whole),
                spec(topics.fleet(), 1, false, whole),
                spec(topics.keys(), 1, false, whole),
                spec(topics.hooks(), 1, false, whole),
                spec(
                        topics.deadLetters(),
                        1,
                        false,
                        concat(
                                fixed(CLEANUP_POLICY_CONFIG, "delete"),
                                bounded(
                                        deadLetters(),
                                        ClusterSettings.DEAD_LETTERS_RETENTION,
                                        ClusterSettings.DEAD_LETTERS_RETENTION_BYTES))));
    }

    /** A producer's clock must never move a store's windows: the broker's time counts, for lines and wakes alike. */
    private static List<Config> arrival(List<Config> bounds) {
        List<Config> configs = new ArrayList<>(bounds);
        configs.add(fixed(CLEANUP_POLICY_CONFIG, "delete"));
        configs.add(fixed(MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime"));
        configs.add(fixed(MAX_MESSAGE_BYTES_CONFIG, Integer.toString(LARGEST_RECORD_BATCH)));
        return configs;
    }

    private static List<Config> bounded(Bound bound, Setting time, Setting bytes) {
        // Only closed segments are ever deleted: with sixteen of them the bound is kept within some per cent.
        long segment = bound.bytes() == 0 ? 128L << 20 : Math.max(1L << 20, Math.min(128L << 20, bound.bytes() / 16));
        List<Config> configs = new ArrayList<>(retention(bound, time));
        configs.add(following(bytes, RETENTION_BYTES_CONFIG, bound.bytes() == 0 ? "-1" : Long.toString(bound.bytes())));
        configs.add(following(bytes, SEGMENT_BYTES_CONFIG, Long.toString(segment)));
        return configs;
    }

    private static List<Config> retention(Bound bound, Setting time) {
        Duration retention = bound.retention();
        Duration segment = retention.isZero() ? Duration.ofDays(1) : retention.dividedBy(24);
        Duration clamped = segment.compareTo(Duration.ofMinutes(1)) < 0
                ? Duration.ofMinutes(1)
                : segment.compareTo(Duration.ofDays(1)) > 0 ? Duration.ofDays(1) : segment;
        return List.of(
                following(time, RETENTION_MS_CONFIG, retention.isZero() ? "-1" : millis(retention)),
                following(time, SEGMENT_MS_CONFIG, millis(clamped)));
    }

    private TopicSpec spec(String name, int partitionsOfIt, boolean perRun, List<Config> own) {
        List<Config> configs = new ArrayList<>(own);
        // The broker leaves batches as their producer made them: recompression would cost it more than everything else.
        configs.add(fixed(COMPRESSION_TYPE_CONFIG, "producer"));
        if (minInsync > 0) {
            configs.add(following(
                    ClusterSettings.TOPIC_MIN_INSYNC, MIN_IN_SYNC_REPLICAS_CONFIG, Integer.toString(minInsync)));
        }
        return new TopicSpec(name, partitionsOfIt, perRun, replication, configs);
    }

    private static List<Config> concat(Config first, List<Config> rest) {
        return Stream.concat(Stream.of(first), rest.stream()).toList();
    }

    private static String millis(Duration duration) {
        return Long.toString(duration.toMillis());
    }
}
