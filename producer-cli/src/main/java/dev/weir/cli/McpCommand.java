package dev.weir.cli;

import java.io.BufferedInputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code weir mcp}: the tools for agents over standard input and output. What it needs lies on a class path of its own,
 * which the launcher adds for this command only; {@link McpSession} is the one class that knows it.
 */
@Command(name = "mcp", description = "Serves weir's tools to an agent over standard input and output: see docs/mcp.md.")
final class McpCommand implements Callable<Integer> {
    private static final int FAILED = 1;

    private final Map<String, String> environment;

    @Option(names = "--allow-wake", description = "Also the tool that queues wakes.")
    private boolean allowWake;

    @Option(names = "--allow-run", description = "Also the tool that starts commands on this machine.")
    private boolean allowRun;

    @Option(
            names = "--root",
            paramLabel = "DIR",
            description = "A folder whose files may be read and where commands may start; repeatable (this one).")
    private List<Path> roots = List.of(Path.of(""));

    @Option(
            names = "--text",
            paramLabel = "T",
            description = "short, or full: all of an answer also as text, for agents that see nothing else.")
    private String text = "short";

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "This text.")
    private boolean help;

    McpCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (!text.equals("short") && !text.equals("full")) {
            throw new UsageException("--text is '" + text + "': use short or full");
        }
        // Whatever else prints must not get between the protocol's messages.
        System.setOut(System.err);
        try (FileInputStream in = new FileInputStream(FileDescriptor.in);
                FileOutputStream out = new FileOutputStream(FileDescriptor.out)) {
            McpSession.serve(
                    environment,
                    new McpSession.Choice(allowWake, allowRun, roots, text.equals("full")),
                    new BufferedInputStream(in),
                    out);
            return 0;
        } catch (NoClassDefFoundError missing) {
            System.err.println("weir: this installation has no lib/mcp beside lib/cli: install weir again");
            return FAILED;
        }
    }
}
