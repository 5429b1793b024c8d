package dev.weir.standalone;

import dev.weir.api.ServerSettings;
import dev.weir.settings.Setting;
import dev.weir.settings.Settings;
import java.util.List;

/** What is particular to the embedded node: built once, before anything starts. */
record NodeSettings(int port, int kafkaPort, int registryPort, long leastDisk) {
    static final Setting KAFKA_PORT =
            new Setting("weir.kafka.port", "7092", "port", "Where the embedded broker listens; 0: any free one");
    static final Setting REGISTRY_PORT = new Setting(
            "weir.registry.port", "7081", "port", "Where the embedded schema registry listens; 0: any free one");
    static final Setting LEAST_DISK =
            new Setting("weir.disk.least", "256MiB", "size", "Free disk without which a node does not start");

    static final List<Setting> ALL = List.of(KAFKA_PORT, REGISTRY_PORT, LEAST_DISK);

    private static final int MOST_PORT = 65_535;

    /** Reads and notes problems; the caller calls {@link Settings#check}. */
    static NodeSettings read(Settings settings) {
        return new NodeSettings(
                settings.integer(ServerSettings.HTTP_PORT, 0, MOST_PORT),
                settings.integer(KAFKA_PORT, 0, MOST_PORT),
                settings.integer(REGISTRY_PORT, 0, MOST_PORT),
                settings.bytes(LEAST_DISK));
    }
}
