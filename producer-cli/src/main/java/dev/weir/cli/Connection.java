package dev.weir.cli;

import java.net.URI;
import java.util.Map;

/**
 * Where the user said everything is.
 *
 * @param configured whether the user named a node or a cluster; then no node is started on this machine
 */
record Connection(
        URI url,
        boolean configured,
        String bootstrapServers,
        String registryUrl,
        Map<String, String> kafkaConfig,
        String linesTopic,
        String key) {
    Connection {
        kafkaConfig = Map.copyOf(kafkaConfig);
    }

    Map<String, String> headers() {
        return key.isEmpty() ? Map.of() : Map.of("Authorization", "Bearer " + key);
    }
}
