package dev.weir.standalone;

import dev.weir.settings.Setting;
import dev.weir.settings.Settings;
import java.util.List;

/** What is particular to the embedded node: built once, before anything starts. */
record NodeSettings(int port, int kafkaPort, int registryPort, long leastDisk) {
    static final Setting STATE_DIRECTORY = new Setting(
            "weir.state.dir",
            "~/.local/state/weir",
            "path",
            "Where a node keeps everything; $XDG_STATE_HOME/weir if that variable is set");
    static final Setting PORT =
            new Setting("weir.http.port", "7070", "port", "Where the server listens; 0: any free one");
    static final Setting KAFKA_PORT =
            new Setting("weir.kafka.port", "7092", "port", "Where the embedded broker listens; 0: any free one");
    static final Setting REGISTRY_PORT = new Setting(
            "weir.registry.port", "7081", "port", "Where the embedded schema registry listens; 0: any free one");
    static final Setting LEAST_DISK =
            new Setting("weir.disk.least", "256MiB", "size", "Free disk without which a node does not start");

    static final List<Setting> ALL = List.of(STATE_DIRECTORY, KAFKA_PORT, REGISTRY_PORT, LEAST_DISK);

    private static final int MOST_PORT = 65_535;

    /** Reads and notes problems; the caller calls {@link Settings#check}. */
    static NodeSettings read(Settings settings) {
        return new NodeSettings(
                settings.integer(PORT, 0, MOST_PORT),
                settings.integer(KAFKA_PORT, 0, MOST_PORT),
                settings.integer(REGISTRY_PORT, 0, MOST_PORT),
                settings.bytes(LEAST_DISK));
    }
}
