package dev.weir.schemas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.settings.Setting;
import dev.weir.settings.Settings;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.TopicConfig;
import org.junit.jupiter.api.Test;

class TopicSettingsTest {

    @Test
    void keepsRawLinesForADayAndTwoGibibytesAPartitionByArrival() {
        Map<String, String> lines = spec(Map.of(), "weir.lines").configs();

        assertEquals("86400000", lines.get(TopicConfig.RETENTION_MS_CONFIG));
        assertEquals(Long.toString(2L << 30), lines.get(TopicConfig.RETENTION_BYTES_CONFIG));
        assertEquals("LogAppendTime", lines.get(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG));
        assertEquals("delete", lines.get(TopicConfig.CLEANUP_POLICY_CONFIG));
    }

    @Test
    void describesEveryTopicAndNoOther() {
        TopicSettings settings = TopicSettings.from(new Settings(Map.of("WEIR_TOPIC_PREFIX", "other")));

        Set<String> described = settings.specs().stream().map(TopicSpec::name).collect(Collectors.toSet());

        assertEquals(Set.copyOf(settings.topics().all()), described);
        assertTrue(described.contains("other.wake-states"));
    }

    @Test
    void givesEveryTopicKeyedByRunEquallyManyPartitions() {
        TopicSettings settings = TopicSettings.from(new Settings(Map.of("WEIR_TOPIC_PARTITIONS", "7")));

        assertEquals(
                List.of(7, 7, 7, 7, 7),
                settings.specs().stream()
                        .filter(TopicSpec::perRun)
                        .map(TopicSpec::partitions)
                        .toList());
    }

    @Test
    void readsZeroAsNoBound() {
        Map<String, String> lines = spec(
                        Map.of("WEIR_TOPIC_LINES_RETENTION", "0s", "WEIR_TOPIC_LINES_RETENTION_BYTES", "0B"),
                        "weir.lines")
                .configs();

        assertEquals("-1", lines.get(TopicConfig.RETENTION_MS_CONFIG));
        assertEquals("-1", lines.get(TopicConfig.RETENTION_BYTES_CONFIG));
    }

    @Test
    void reportsAPrefixThatCannotBeginAName() {
        Settings settings = new Settings(Map.of("WEIR_TOPIC_PREFIX", "a b"));

        TopicSettings.from(settings);

        String said =
                assertThrows(IllegalArgumentException.class, settings::check).getMessage();
        assertEquals(
                "WEIR_TOPIC_PREFIX is 'a b': use 1 to 128 letters, digits, '.', '_' or '-',"
                        + " of which the first is a letter or digit",
                said);
    }

    @Test
    void namesEverySettingOnce() {
        assertEquals(
                ClusterSettings.ALL.size(),
                ClusterSettings.ALL.stream().map(Setting::variable).distinct().count());
    }

    private static TopicSpec spec(Map<String, String> given, String name) {
        return TopicSettings.from(new Settings(given)).specs().stream()
                .filter(spec -> spec.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
