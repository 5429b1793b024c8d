package dev.weir.cli;

import dev.weir.cli.capture.Bell;
import dev.weir.cli.capture.Child;
import dev.weir.cli.ship.Ending;
import dev.weir.cli.ship.Shipper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** {@code weir run}: starts the child first, and everything else beside it. */
final class RunCommand {
    static final int OWN_FAILURE = 125;
    private static final int NOT_EXECUTABLE = 126;
    private static final int NOT_FOUND = 127;
    private static final Duration NODE_START = Duration.ofSeconds(60);

    private final Map<String, String> environment;

    RunCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    int execute(List<String> words) {
        try {
            RunOptions options = RunArguments.parse(words);
            if (options == null) {
                System.out.print(RunFlag.help());
                return 0;
            }
            return run(options, Configuration.connection(environment, options.kafkaConfig()));
        } catch (UsageException wrong) {
            System.err.println("weir run: " + Printable.of(String.valueOf(wrong.getMessage())));
            return OWN_FAILURE;
        }
    }

    private int run(RunOptions options, Connection connection) {
        long startedAt = System.currentTimeMillis();
        String run = options.runId() != null ? options.runId() : RunId.at(startedAt);
        StateFolder state = StateFolder.of(environment);
        Notice notice = new Notice(System.err, options.quiet());
        Bell bell = new Bell();
        Path folder;
        try {
            folder = state.spoolOf(run);
        } catch (IOException failure) {
            System.err.println("weir run: cannot make a spool folder: " + failure
                    + ": check WEIR_STATE_DIR, its permissions and the disk, or give another --run-id");
            return OWN_FAILURE;
        }
        Child child;
        try {
            child = Child.start(options.command(), Map.of("WEIR_RUN_ID", run), folder, System::currentTimeMillis, bell);
        } catch (IOException failure) {
            new Spool(folder).delete();
            return notStarted(options.command().get(0), failure);
        }
        Path directory = Path.of("").toAbsolutePath();
        Surroundings surroundings = new Surroundings(environment, directory, Path.of("/proc/sys/kernel/hostname"));
        NodeStart nodeStart = new NodeStart(NodeStart.launcher(), folder.resolve("node.log"));
        Endpoint endpoint = new Endpoint(connection, nodeStart);
        Shipper shipper = new Shipper(
                Configuration.key(run),
                surroundings.origin(options, startedAt),
                startedAt,
                child.streams(),
                endpoint,
                bell,
                System::currentTimeMillis);
        Thread shipping = new Thread(shipper, "ship");
        shipping.setDaemon(true);
        shipping.start();
        try {
            remember(state, directory, run, false, notice);
            int code = child.await(options.grace());
            long endedAt = System.currentTimeMillis();
            shipper.end(new Ending(endedAt, "exit", code, null));
            remember(state, directory, run, true, notice);
            join(shipping, options.linger(), nodeStart, startedAt);
            new RunSummary(run, code, endedAt - startedAt, shipper.lines())
                    .print(notice, shipper.delivered(), whyNot(shipper, endpoint), folder);
            if (shipper.delivered()) {
                new Spool(folder).delete();
            }
            return code;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return OWN_FAILURE;
        }
    }

    private static void remember(StateFolder state, Path directory, String run, boolean ended, Notice notice) {
        try {
            state.remember(directory, run, ended);
        } catch (IOException failure) {
            notice.say("cannot remember this run as the directory's newest: " + failure);
        }
    }

    /** Waits for the delivery: a little, or as long as a node takes that was started for this run. */
    private static void join(Thread shipping, Duration linger, NodeStart nodeStart, long startedAt)
            throws InterruptedException {
        long lingerEnd = System.currentTimeMillis() + linger.toMillis();
        long nodeEnd = startedAt + NODE_START.toMillis();
        while (shipping.isAlive()) {
            boolean nodeMayCome = nodeStart.begun() && nodeStart.trouble().isEmpty();
            long end = nodeMayCome ? Math.max(lingerEnd, nodeEnd) : lingerEnd;
            long left = end - System.currentTimeMillis();
            if (left <= 0) {
                return;
            }
            shipping.join(Math.min(left, 200));
        }
    }

    private static String whyNot(Shipper shipper, Endpoint endpoint) {
        String reached = endpoint.trouble();
        return shipper.trouble().orElse(reached.isEmpty() ? "Kafka does not answer" : reached);
    }

    private static int notStarted(String command, IOException failure) {
        String why = String.valueOf(failure.getMessage());
        if (why.contains("error=2,")) {
            System.err.println("weir run: " + Printable.of(command) + ": not found: check the name and PATH");
            return NOT_FOUND;
        }
        if (why.contains("Cannot run program")) {
            System.err.println("weir run: " + Printable.of(command) + ": cannot be executed: " + why);
            return NOT_EXECUTABLE;
        }
        System.err.println("weir run: cannot capture the output: " + why);
        return OWN_FAILURE;
    }
}
