package dev.weir.cli;

import dev.weir.cli.net.Json;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Option;

/** What the reading commands share: the server, which run is meant, and {@code --json}. */
abstract class ReadCommand implements Callable<Integer> {
    private final Map<String, String> environment;

    @Option(names = "--json", description = "As JSON.")
    private boolean json;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "This text.")
    private boolean help;

    ReadCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    boolean json() {
        return json;
    }

    Map<String, String> environment() {
        return environment;
    }

    NodeApi api() {
        return new NodeApi(Configuration.connection(environment, null));
    }

    RunChoice choice(NodeApi api) {
        return new RunChoice(api, StateFolder.of(environment));
    }

    static void print(String body) {
        System.out.print(body.endsWith("\n") ? body : body + "\n");
    }

    static String shown(Json value) {
        return Printable.of(value.text());
    }

    @Override
    public abstract Integer call() throws IOException, InterruptedException;
}
