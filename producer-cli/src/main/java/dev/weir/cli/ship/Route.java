package dev.weir.cli.ship;

import java.util.Map;

/** How records get to Kafka: where it is, what the topic is called and which schema id its values carry. */
public record Route(String bootstrapServers, Map<String, String> kafkaConfig, String topic, int schemaId) {
    public Route {
        kafkaConfig = Map.copyOf(kafkaConfig);
    }
}
