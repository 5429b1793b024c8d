package dev.weir.cli;

import dev.weir.cli.capture.Allowance;
import dev.weir.cli.capture.Bell;
import dev.weir.cli.capture.Child;
import dev.weir.cli.capture.Signals;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** {@code weir run}: starts the child first, and everything else beside it. */
final class RunCommand {
    static final int OWN_FAILURE = 125;
    private static final int NOT_EXECUTABLE = 126;
    private static final int NOT_FOUND = 127;
    private static final long MOST_BUFFER = 1L << 30;
    private static final long LEAST_BUFFER = 16 << 20;

    private final Map<String, String> environment;

    RunCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    int execute(List<String> words) {
        try {
            RunArguments arguments = RunArguments.read(words);
            if (arguments == null) {
                System.out.print(RunFlag.help());
                return 0;
            }
            Map<String, String> merged = Layers.read(environment, Path.of("")).merged();
            RunOptions options = arguments.options(merged);
            String kafkaConfig = arguments.value(RunFlag.KAFKA_CONFIG);
            Connection connection = Configuration.connection(
                    merged, kafkaConfig == null ? null : Path.of(kafkaConfig), arguments.value(RunFlag.VIA));
            return start(
                    options,
                    connection,
                    StateFolder.of(merged).withSpool(options.keeping().spool()));
        } catch (UsageException wrong) {
            System.err.println("weir run: " + Printable.of(String.valueOf(wrong.getMessage())));
            return OWN_FAILURE;
        }
    }

    private int start(RunOptions options, Connection connection, StateFolder state) {
        long startedAt = System.currentTimeMillis();
        String run = options.runId() != null ? options.runId() : RunId.at(startedAt);
        Spool spool;
        try {
            spool = spool(run, options, state);
            spool.claim();
        } catch (IOException failure) {
            System.err.println("weir run: cannot make a spool folder: " + failure
                    + ": check WEIR_STATE_DIR or --spool, its permissions and the disk, or give another --run-id");
            return OWN_FAILURE;
        }
        Bell bell = new Bell();
        Signals signals = Signals.install();
        Allowance allowance = new Allowance(
                most(options.keeping(), spool.folder()), options.keeping().overflow());
        List<String> command = options.tty() ? Terminal.around(options.command()) : options.command();
        Endpoint endpoint = new Endpoint(
                connection, new NodeStart(NodeStart.launcher(), spool.folder().resolve("node.log")));
        endpoint.askAhead();
        Child child;
        try {
            child = Child.start(
                    new Child.Start(
                            command,
                            Map.of("WEIR_RUN_ID", run),
                            options.keeping().capture(),
                            allowance,
                            options.sigpipe()),
                    spool.folder(),
                    System::currentTimeMillis,
                    bell);
        } catch (IOException failure) {
            spool.delete();
            return notStarted(command.get(0), failure);
        }
        signals.attach(child.process());
        try {
            return new Accompanied(run, options, state, spool, child, allowance, signals, startedAt, environment)
                    .toItsEnd(connection, endpoint, bell);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return OWN_FAILURE;
        } catch (RuntimeException bug) {
            return despite(bug, child, options);
        }
    }

    /** A folder to keep the output in; a home that cannot be written to must not keep a job from running. */
    private static Spool spool(String run, RunOptions options, StateFolder state) throws IOException {
        try {
            return new Spool(state.spoolOf(run));
        } catch (FileAlreadyExistsException taken) {
            throw taken;
        } catch (IOException unwritable) {
            if (options.strict() || options.keeping().spool() != null) {
                throw unwritable;
            }
            Path instead = Files.createTempDirectory("weir-");
            new Notice(System.err, options.words().quiet())
                    .say("cannot write to " + state.spool() + " (" + unwritable + "): output is kept in " + instead
                            + " until it is delivered; set WEIR_STATE_DIR to keep it elsewhere");
            return new Spool(state.withSpool(instead).spoolOf(run));
        }
    }

    /** What was asked for, or what no laptop will miss. */
    private static long most(RunOptions.Keeping keeping, Path folder) {
        long free = folder.toFile().getUsableSpace();
        return keeping.buffer() > 0 ? keeping.buffer() : Math.max(LEAST_BUFFER, Math.min(MOST_BUFFER, free / 4));
    }

    /** A fault of weir's own costs the capture, never the job. */
    private static int despite(RuntimeException bug, Child child, RunOptions options) {
        System.err.println("weir: a fault of weir's own; the command goes on, its output stays in the spool");
        bug.printStackTrace();
        try {
            int code = child.await(options.grace());
            return options.strict() ? OWN_FAILURE : code;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return OWN_FAILURE;
        }
    }

    private static int notStarted(String command, IOException failure) {
        String why = String.valueOf(failure.getMessage());
        if (why.contains("error=2,")) {
            System.err.println("weir run: " + Printable.of(command) + ": not found: check the name and PATH");
            return NOT_FOUND;
        }
        if (why.contains("Cannot run program \"" + command)) {
            System.err.println("weir run: " + Printable.of(command) + ": cannot be executed: " + why);
            return NOT_EXECUTABLE;
        }
        System.err.println("weir run: cannot capture the output: " + why);
        return OWN_FAILURE;
    }
}
