package dev.weir.cli;

import dev.weir.cli.capture.Bell;
import dev.weir.cli.capture.Child;
import dev.weir.cli.capture.Signals;
import dev.weir.cli.mask.Masks;
import dev.weir.cli.ship.Ending;
import dev.weir.cli.ship.Origin;
import dev.weir.cli.ship.Shipper;
import dev.weir.schemas.RunKey;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code weir run}: starts the child first, and everything else beside it. */
final class RunCommand {
    static final int OWN_FAILURE = 125;
    private static final int NOT_EXECUTABLE = 126;
    private static final int NOT_FOUND = 127;

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
            return start(options, Configuration.connection(environment, options.kafkaConfig()));
        } catch (UsageException wrong) {
            System.err.println("weir run: " + Printable.of(String.valueOf(wrong.getMessage())));
            return OWN_FAILURE;
        }
    }

    private int start(RunOptions options, Connection connection) {
        long startedAt = System.currentTimeMillis();
        String run = options.runId() != null ? options.runId() : RunId.at(startedAt);
        StateFolder state = StateFolder.of(environment);
        Spool spool;
        try {
            spool = new Spool(state.spoolOf(run));
            spool.claim();
        } catch (IOException failure) {
            System.err.println("weir run: cannot make a spool folder: " + failure
                    + ": check WEIR_STATE_DIR, its permissions and the disk, or give another --run-id");
            return OWN_FAILURE;
        }
        Bell bell = new Bell();
        Signals signals = Signals.install();
        Child child;
        try {
            child = Child.start(
                    new Child.Start(options.command(), Map.of("WEIR_RUN_ID", run), options.sigpipe()),
                    spool.folder(),
                    System::currentTimeMillis,
                    bell);
        } catch (IOException failure) {
            spool.delete();
            return notStarted(options.command().get(0), failure);
        }
        signals.attach(child.process());
        try {
            return new Accompanied(run, options, state, spool, child, signals, startedAt).toItsEnd(connection, bell);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return OWN_FAILURE;
        } catch (RuntimeException bug) {
            return despite(bug, child, options);
        }
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

    /** A running child and all that goes on beside it. */
    private final class Accompanied {
        private final String run;
        private final RunOptions options;
        private final StateFolder state;
        private final Spool spool;
        private final Child child;
        private final Signals signals;
        private final long startedAt;
        private final Notice notice;
        private final Path directory = Path.of("").toAbsolutePath();
        private volatile boolean timedOut;

        Accompanied(
                String run,
                RunOptions options,
                StateFolder state,
                Spool spool,
                Child child,
                Signals signals,
                long startedAt) {
            this.run = run;
            this.options = options;
            this.state = state;
            this.spool = spool;
            this.child = child;
            this.signals = signals;
            this.startedAt = startedAt;
            this.notice = new Notice(System.err, options.quiet());
        }

        int toItsEnd(Connection connection, Bell bell) throws InterruptedException {
            Masks masks = Masks.of(options.noMask(), options.masks(), environment);
            Origin plain = new Surroundings(environment, directory, Path.of("/proc/sys/kernel/hostname"))
                    .origin(options, startedAt);
            Origin origin = masks.masker().map(plain::masked).orElse(plain);
            NodeStart nodeStart =
                    new NodeStart(NodeStart.launcher(), spool.folder().resolve("node.log"));
            Endpoint endpoint = new Endpoint(connection, nodeStart);
            Shipper shipper = new Shipper(
                    new RunKey(connection.tenant(), run).toString(),
                    origin,
                    masks,
                    child.streams(),
                    endpoint,
                    bell,
                    System::currentTimeMillis);
            Delivery delivery = Delivery.begin(shipper, endpoint, nodeStart);
            note(connection.tenant(), origin, masks);
            stopAfter(options.timeout());
            int code = child.await(options.grace());
            Ending ending = ending(code);
            shipper.end(ending);
            noteEnd(ending);
            boolean delivered = delivery.await(options.linger());
            RunSummary summary = new RunSummary(run, code, ending.at() - startedAt, shipper.lines());
            if (delivered) {
                spool.delete();
                new Leftovers(state, NodeStart.launcher()).handOver();
                summary.print(notice, !options.quiet() && Notice.isTerminal(2), new NodeApi(connection));
            } else {
                summary.printUndelivered(notice, delivery.trouble(), spool.folder());
            }
            return options.strict() && !delivered ? OWN_FAILURE : code;
        }

        private void note(String tenant, Origin origin, Masks masks) {
            try {
                state.remember(directory, run, false);
                Map<String, Long> holders = new java.util.HashMap<>();
                for (int i = 0; i < child.streams().size(); i++) {
                    holders.put(child.streams().get(i).name(), child.holders().get(i));
                }
                spool.note(
                        new Spool.Notes(tenant, origin, masks, child.process().pid(), holders));
            } catch (IOException failure) {
                notice.say("cannot write to " + spool.folder() + ": if weir is killed, this run cannot be resumed: "
                        + failure);
            }
        }

        private void noteEnd(Ending ending) {
            try {
                state.remember(directory, run, true);
                spool.noteEnd(ending);
            } catch (IOException failure) {
                notice.say("cannot write to " + spool.folder() + ": " + failure);
            }
        }

        private void stopAfter(@Nullable Duration timeout) {
            if (timeout == null) {
                return;
            }
            Thread watch = new Thread(
                    () -> {
                        try {
                            Thread.sleep(timeout.toMillis());
                            if (child.process().isAlive()) {
                                timedOut = true;
                                child.stop(options.grace());
                            }
                        } catch (InterruptedException stopped) {
                            Thread.currentThread().interrupt();
                        }
                    },
                    "timeout");
            watch.setDaemon(true);
            watch.start();
        }

        /** Java gives 128+n both for signal n and for such a code: only a signal that went through here is sure. */
        private Ending ending(int code) {
            String signal = signals.last();
            boolean bySignal = signal != null && code > 128 && code == 128 + SignalNumber.of(signal);
            String reason = timedOut ? "timeout" : bySignal ? "signal" : "exit";
            return new Ending(System.currentTimeMillis(), reason, code, bySignal ? signal : null);
        }
    }
}
