package dev.weir.standalone;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code weir status}. */
@Command(
        name = "status",
        description = "Say whether a node runs, where it listens, and what memory and disk it takes.",
        footer = "Exits 0 if a node is ready, 3 if not.")
final class StatusCommand implements Callable<Integer> {
    private static final int NOT_READY = 3;
    private final Map<String, String> environment;

    @Spec
    @SuppressWarnings("NullAway.Init")
    CommandSpec spec;

    @Mixin
    StateDirectoryOption stateDirectory = new StateDirectoryOption();

    @Option(names = "--json", description = "As JSON.")
    boolean json;

    StatusCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        NodeStatus status = NodeStatus.of(stateDirectory.choose(environment));
        spec.commandLine().getOut().println(json ? status.json() : status.text());
        return status.isReady() ? 0 : NOT_READY;
    }
}
