package dev.weir.mcp;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** {@code run}: a command in the background. Exists only where it was asked for, and only on the agent's own machine. */
final class Run implements Tool {
    private final Roots roots;
    private final Starter starter;

    Run(Roots roots, Starter starter) {
        this.roots = roots;
        this.starter = starter;
    }

    @Override
    public Reply call(Session session, Arguments arguments, Progress progress) {
        List<String> command = arguments.texts("command");
        if (command.isEmpty() || command.get(0).isBlank()) {
            throw new ToolProblem("command is empty: give the program and its arguments, as in [\"make\", \"test\"]");
        }
        try {
            String run = starter.start(new Starter.Start(
                    command,
                    roots.folder(arguments.text("directory").orElse(".")),
                    arguments.text("job"),
                    arguments.text("title")));
            return new Reply(Map.of("run", run), "Started as run " + run + ": wait_for and snapshot tell of it.");
        } catch (IOException failure) {
            throw new ToolProblem("The command was not started: " + failure.getMessage());
        }
    }
}
