package dev.weir.schemas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.embedded.KafkaUnderTest;
import dev.weir.embedded.OnEveryKafka;
import dev.weir.settings.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;

@OnEveryKafka
class TopicAdminIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final KafkaUnderTest kafka;

    TopicAdminIT(KafkaUnderTest kafka) {
        this.kafka = kafka;
    }

    @Test
    void createsEverythingOnceAndFindsItAsItWasMeant() {
        TopicSettings settings = settings(Map.of("WEIR_TOPIC_PREFIX", "once", "WEIR_TOPIC_PARTITIONS", "3"));
        try (Admin admin = kafka.admin()) {
            TopicAdmin topics = new TopicAdmin(admin, PATIENCE);

            TopicReport missing = topics.check(settings);
            TopicReport first = topics.ensure(settings);
            TopicReport second = topics.ensure(settings);

            assertEquals(settings.topics().all().size(), missing.missing().size());
            assertEquals(new TreeSet<>(settings.topics().all()), new TreeSet<>(first.created()));
            assertEquals(List.of(), second.created());
            assertEquals("", first.describe() + second.describe());
            assertTrue(second.usable());
        }
    }

    @Test
    void letsTwoServersCreateThemAtOnce() {
        TopicSettings settings = settings(Map.of("WEIR_TOPIC_PREFIX", "twice"));
        try (Admin admin = kafka.admin();
                Admin other = kafka.admin()) {
            CompletableFuture<TopicReport> first =
                    CompletableFuture.supplyAsync(() -> new TopicAdmin(admin, PATIENCE).ensure(settings));
            TopicReport second = new TopicAdmin(other, PATIENCE).ensure(settings);

            assertTrue(first.join().usable(), () -> first.join().describe());
            assertTrue(second.usable(), second::describe);
        }
    }

    @Test
    void saysWhichSettingDiffersFromWhatAndLeavesItAlone() {
        kafka.createTopic("odd.lines", 2, Map.of("retention.ms", "1000", "message.timestamp.type", "CreateTime"));
        TopicSettings settings = settings(Map.of("WEIR_TOPIC_PREFIX", "odd", "WEIR_TOPIC_REPLICATION", "1"));
        try (Admin admin = kafka.admin()) {
            TopicAdmin topics = new TopicAdmin(admin, PATIENCE);

            TopicReport found = topics.ensure(settings);

            String said = found.describe();
            assertTrue(
                    said.contains("Topic odd.lines: partitions is 2, not 4: the topics keyed by run must have equally"
                            + " many: recreate those that differ"),
                    said);
            assertTrue(
                    said.contains("Topic odd.lines: retention.ms is 1000, not 86400000: set WEIR_TOPIC_LINES_RETENTION"
                            + " to what it is, or run kafka-configs --alter --entity-type topics --entity-name odd.lines"
                            + " --add-config 'retention.ms=86400000'"),
                    said);
            assertTrue(
                    said.contains("Topic odd.lines: message.timestamp.type is CreateTime, not LogAppendTime: run"),
                    said);
            assertFalse(found.usable());
            assertFalse(found.created().contains("odd.lines"));
            assertEquals(said, topics.check(settings).describe(), "nothing was altered");
        }
    }

    @Test
    void takesOtherNumbersOfPartitionsIfAllHaveThem() {
        TopicSettings three = settings(Map.of("WEIR_TOPIC_PREFIX", "even", "WEIR_TOPIC_PARTITIONS", "3"));
        TopicSettings four = settings(Map.of("WEIR_TOPIC_PREFIX", "even"));
        try (Admin admin = kafka.admin()) {
            TopicAdmin topics = new TopicAdmin(admin, PATIENCE);
            topics.ensure(three);

            TopicReport found = topics.check(four);

            assertTrue(found.usable(), found::describe);
            assertTrue(
                    found.describe()
                            .contains("Topic even.lines: partitions is 3, not 4: set WEIR_TOPIC_PARTITIONS=3;"
                                    + " adding partitions would move runs"),
                    found.describe());
        }
    }

    @Test
    void saysThatNoBrokerAnswers() {
        // Closing an admin waits for its own timeout.
        try (Admin admin = Admin.create(Map.of(
                "bootstrap.servers", "127.0.0.1:1", "default.api.timeout.ms", "300", "request.timeout.ms", "300"))) {
            TopicAdmin topics = new TopicAdmin(admin, Duration.ofMillis(200));

            String said = assertThrows(KafkaException.class, () -> topics.check(settings(Map.of())))
                    .getMessage();

            assertTrue(Objects.requireNonNull(said).endsWith("check WEIR_BOOTSTRAP_SERVERS and the broker"), said);
        }
    }

    private static TopicSettings settings(Map<String, String> given) {
        Settings settings = new Settings(given);
        TopicSettings topics = TopicSettings.from(settings);
        settings.check();
        return topics;
    }
}
