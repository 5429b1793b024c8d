package dev.weir.standalone;

import dev.weir.api.ServerConfig;
import dev.weir.api.ServerSettings;
import dev.weir.schemas.ClusterSettings;
import dev.weir.settings.Setting;
import dev.weir.settings.Settings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code weir up}: reads flags over the environment, then runs the node here or has it run in the background. */
@Command(
        name = "up",
        description = "Start a node on this machine: Kafka, a schema registry and the server, on 127.0.0.1 only.")
final class UpCommand implements Callable<Integer> {
    private static final int MOST_PORT = 65_535;
    private static final int MOST_PARTITIONS = 1_000;
    private final Map<String, String> environment;

    @Spec
    @SuppressWarnings("NullAway.Init")
    CommandSpec spec;

    @Mixin
    StateDirectoryOption stateDirectory = new StateDirectoryOption();

    @Option(names = "--detach", description = "Run in the background; return when the node is ready.")
    boolean detach;

    @Option(names = "--port", paramLabel = "N", description = "The server's port (7070); 0: any free one.")
    String port = "";

    @Option(names = "--kafka-port", paramLabel = "N", description = "Kafka's port (7092); 0: any free one.")
    String kafkaPort = "";

    @Option(names = "--registry-port", paramLabel = "N", description = "The registry's port (7081); 0: any free one.")
    String registryPort = "";

    @Option(names = "--partitions", paramLabel = "N", description = "Partitions of the topics it makes (4).")
    String partitions = "";

    UpCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        StateDirectory directory = stateDirectory.choose(environment);
        Map<String, String> given = new HashMap<>(environment);
        List<String> flags = new ArrayList<>();
        take(given, flags, ServerSettings.HTTP_PORT, "--port", port, 0, MOST_PORT);
        take(given, flags, NodeSettings.KAFKA_PORT, "--kafka-port", kafkaPort, 0, MOST_PORT);
        take(given, flags, NodeSettings.REGISTRY_PORT, "--registry-port", registryPort, 0, MOST_PORT);
        take(given, flags, ClusterSettings.TOPIC_PARTITIONS, "--partitions", partitions, 1, MOST_PARTITIONS);
        Settings settings = new Settings(given);
        NodeSettings node = NodeSettings.read(settings, given);
        settings.check();
        // Whatever is wrong with the server's own settings is said now, not when broker and registry are up.
        ServerConfig.from(node.forServer(directory, "unknown:1", "http://unknown"));
        return detach
                ? new Background(directory, flags, spec.commandLine().getOut()).run()
                : new Foreground(directory, node, settings, spec.commandLine().getOut()).run();
    }

    /** A flag wins over the environment, and is named as typed if it is wrong. */
    private void take(
            Map<String, String> given,
            List<String> flags,
            Setting setting,
            String flag,
            String value,
            int least,
            int most) {
        if (value.isEmpty()) {
            return;
        }
        try {
            int number = Integer.parseInt(value);
            if (number >= least && number <= most) {
                given.put(setting.name(), value);
                flags.addAll(List.of(flag, value));
                return;
            }
        } catch (NumberFormatException noNumber) {
            // The same sentence as for one out of range.
        }
        throw new ParameterException(
                spec.commandLine(), flag + " is '" + value + "': use a whole number from " + least + " to " + most);
    }
}
