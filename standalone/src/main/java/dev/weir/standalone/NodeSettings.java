package dev.weir.standalone;

import dev.weir.api.ServerSettings;
import dev.weir.embedded.Loopback;
import dev.weir.schemas.ClusterSettings;
import dev.weir.settings.Folders;
import dev.weir.settings.Setting;
import dev.weir.settings.Settings;
import dev.weir.topology.TopologySettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is particular to the embedded node, built once before anything starts; the server reads its own settings from the
 * same source.
 *
 * @param given everything as it was given, flags laid over the environment
 */
record NodeSettings(int port, int kafkaPort, int registryPort, long leastDisk, Map<String, String> given) {
    static final Setting KAFKA_PORT =
            new Setting("weir.kafka.port", "7092", "port", "Where the embedded broker listens; 0 for any free one.");
    static final Setting REGISTRY_PORT = new Setting(
            "weir.registry.port", "7081", "port", "Where the embedded schema registry listens; 0 for any free one.");
    static final Setting LEAST_DISK =
            new Setting("weir.disk.least", "256MiB", "size", "Free disk without which a node does not start.");

    static final List<Setting> ALL = List.of(KAFKA_PORT, REGISTRY_PORT, LEAST_DISK);

    /** Half of what a server takes elsewhere: all of a node is to stay under 700 MB. */
    private static final String ROCKS_BYTES = "64MiB";

    private static final int MOST_PORT = 65_535;

    NodeSettings {
        given = Map.copyOf(given);
    }

    /** Reads and notes problems; the caller calls {@link Settings#check}. */
    static NodeSettings read(Settings settings, Map<String, String> given) {
        return new NodeSettings(
                settings.integer(ServerSettings.HTTP_PORT, 0, MOST_PORT),
                settings.integer(KAFKA_PORT, 0, MOST_PORT),
                settings.integer(REGISTRY_PORT, 0, MOST_PORT),
                settings.bytes(LEAST_DISK),
                given);
    }

    /**
     * The server's settings in this node: it listens on loopback and talks to this node's broker and registry, whatever the
     * environment tells the command about others.
     */
    Map<String, String> forServer(StateDirectory directory, String bootstrapServers, String schemaRegistryUrl) {
        Map<String, String> server = new HashMap<>(given);
        if (!given.containsKey(TopologySettings.ROCKS_BYTES.variable())) {
            server.putIfAbsent(TopologySettings.ROCKS_BYTES.name(), ROCKS_BYTES);
        }
        server.put(ServerSettings.HTTP_HOST.name(), Loopback.HOST);
        server.put(ServerSettings.HTTP_PORT.name(), Integer.toString(new LastPorts(directory).server(port)));
        server.put(ServerSettings.ADVERTISED_HOST.name(), "");
        server.put(Folders.STATE.name(), directory.server().toString());
        server.put(ClusterSettings.BOOTSTRAP_SERVERS.name(), bootstrapServers);
        server.put(ClusterSettings.SCHEMA_REGISTRY_URL.name(), schemaRegistryUrl);
        server.put(ClusterSettings.KAFKA_CONFIG.name(), "");
        return server;
    }
}
