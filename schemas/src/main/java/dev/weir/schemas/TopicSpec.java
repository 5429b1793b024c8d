package dev.weir.schemas;

import dev.weir.settings.Setting;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a topic has to be like: partitions, copies (0: the broker's default) and the settings weir cares about. All
 * others are left to the broker.
 */
public record TopicSpec(String name, int partitions, boolean perRun, int replication, List<Config> config) {

    /** One of Kafka's topic settings, and the setting of weir's own that it follows, if there is one. */
    public record Config(String name, String value, Optional<Setting> from) {
        static Config fixed(String name, String value) {
            return new Config(name, value, Optional.empty());
        }

        static Config following(Setting setting, String name, String value) {
            return new Config(name, value, Optional.of(setting));
        }
    }

    public TopicSpec {
        config = List.copyOf(config);
    }

    Map<String, String> configs() {
        Map<String, String> configs = new TreeMap<>();
        config.forEach(one -> configs.put(one.name(), one.value()));
        return configs;
    }
}
