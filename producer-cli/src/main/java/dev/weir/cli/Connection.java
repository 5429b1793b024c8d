package dev.weir.cli;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the user said everything is.
 *
 * @param named the node or server that the user named; without, the node of this state folder, on whatever port it listens
 * @param nodeFile what a node of this machine writes about itself
 * @param configured whether the user named a node or a cluster; then no node is started on this machine
 */
record Connection(
        @Nullable URI named,
        Path nodeFile,
        boolean configured,
        String bootstrapServers,
        String registryUrl,
        Map<String, String> kafkaConfig,
        String linesTopic,
        String tenant,
        String key,
        boolean overHttp) {
    Connection {
        kafkaConfig = Map.copyOf(kafkaConfig);
    }

    /** Asked anew each time: a node may have come up since. */
    URI url() {
        return named != null ? named : Configuration.urlOfNode(nodeFile);
    }

    Map<String, String> headers() {
        return key.isEmpty() ? Map.of() : Map.of("Authorization", "Bearer " + key);
    }
}
