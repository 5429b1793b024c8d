package dev.weir.cli.ship;

import java.util.Map;

/** The way to Kafka: where it is, what the topic is called and which schema id its values carry. */
public record Route(String bootstrapServers, Map<String, String> kafkaConfig, String topic, int schemaId)
        implements Router.Way {
    public Route {
        kafkaConfig = Map.copyOf(kafkaConfig);
    }

    @Override
    public Outlet open(String key, long mostOnTheWay) {
        return LinesTopic.open(bootstrapServers, kafkaConfig, topic, key, mostOnTheWay);
    }
}
