package dev.weir.cli;

import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Every command but {@code run}, which cannot wait for picocli. */
@Command(
        name = "weir",
        description = "A live, compact view of everything that writes lines.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = Commands.Version.class,
        footer = {
            "",
            "weir run -- COMMAND runs a command and keeps what it says: see weir run --help.",
            "weir up, weir down and weir status are about the node on this machine."
        })
final class Commands implements Runnable {
    static final int USAGE = 2;
    private static final int FAILED = 1;

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init")
    private CommandLine.Model.CommandSpec spec;

    private Commands() {}

    static int execute(Map<String, String> plain, List<String> words) {
        Map<String, String> environment;
        try {
            environment = Layers.read(plain, java.nio.file.Path.of("")).merged();
        } catch (UsageException wrong) {
            System.err.println("weir: " + Printable.of(String.valueOf(wrong.getMessage())));
            return USAGE;
        }
        CommandLine line = new CommandLine(new Commands());
        line.addSubcommand("snapshot", new SnapshotCommand(environment));
        line.addSubcommand("runs", new RunsCommand(environment));
        line.addSubcommand("show", new ShowCommand(environment));
        line.addSubcommand("lines", new LinesCommand(environment));
        line.addSubcommand("expand", new ExpandCommand(environment));
        line.addSubcommand("watch", new WatchCommand(environment));
        line.addSubcommand("diff", new DiffCommand(environment));
        line.addSubcommand("export", new ExportCommand(environment));
        line.addSubcommand("import", new ImportCommand(environment));
        line.addSubcommand("replay", new ReplayCommand(environment));
        line.addSubcommand("compact", new CompactCommand());
        line.addSubcommand("tail", new TailCommand(environment));
        line.addSubcommand("wake", new WakeCommand(environment));
        line.addSubcommand("queue", new QueueCommand(environment));
        line.addSubcommand("attend", new AttendCommand(environment));
        line.addSubcommand("hook", new HookCommand(environment));
        line.addSubcommand("mcp", new McpCommand(environment));
        line.addSubcommand("doctor", new DoctorCommand(environment));
        line.addSubcommand("sources", new SourcesCommand(environment));
        line.addSubcommand("config", new ConfigCommand(plain));
        line.addSubcommand("completion", new CompletionCommand());
        line.addSubcommand("resume", new ResumeCommand(environment));
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            if (failure instanceof NodeApi.Unreachable
                    || failure instanceof NodeApi.Refused
                    || failure instanceof UsageException) {
                command.getErr().println("weir: " + Printable.of(String.valueOf(failure.getMessage())));
                return failure instanceof UsageException ? USAGE : FAILED;
            }
            throw failure;
        });
        return line.execute(words.toArray(String[]::new));
    }

    @Override
    public void run() {
        spec.commandLine().usage(System.out);
    }

    static String version() {
        String version = Commands.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    /** The version of the jar this runs from. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"weir " + version()};
        }
    }
}
