package dev.weir.standalone;

import dev.weir.embedded.StartFailure;
import java.io.PrintWriter;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;

/** {@code weir up}, {@code weir down}, {@code weir status}: the commands about the node, which need its class path. */
@Command(name = "weir", description = "The node on this machine.", mixinStandardHelpOptions = true)
public final class NodeMain {
    private NodeMain() {}

    public static void main(String[] arguments) {
        int code = commandLine(System.getenv()).execute(arguments);
        System.exit(code);
    }

    static CommandLine commandLine(Map<String, String> environment) {
        CommandLine line = new CommandLine(new NodeMain())
                .addSubcommand(new UpCommand(environment))
                .addSubcommand(new DownCommand(environment))
                .addSubcommand(new StatusCommand(environment));
        line.getCommandSpec().version(version());
        line.getSubcommands()
                .values()
                .forEach(command -> command.getCommandSpec().mixinStandardHelpOptions(true));
        return line.setOverwrittenOptionsAllowed(true).setExecutionExceptionHandler(sentences());
    }

    /** What the user can mend gets a sentence; a bug of ours gets its stack trace. */
    private static IExecutionExceptionHandler sentences() {
        return (failure, line, parsed) -> {
            PrintWriter err = line.getErr();
            if (failure instanceof StartFailure) {
                err.println(failure.getMessage());
                return CommandLine.ExitCode.SOFTWARE;
            }
            if (failure instanceof IllegalArgumentException) {
                err.println(failure.getMessage());
                return CommandLine.ExitCode.USAGE;
            }
            failure.printStackTrace(err);
            return CommandLine.ExitCode.SOFTWARE;
        };
    }

    static String version() {
        return Optional.ofNullable(NodeMain.class.getPackage().getImplementationVersion())
                .orElse("development");
    }
}
