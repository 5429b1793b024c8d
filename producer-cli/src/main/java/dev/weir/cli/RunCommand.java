package dev.weir.cli;

import dev.weir.cli.capture.Allowance;
import dev.weir.cli.capture.Bell;
import dev.weir.cli.capture.Child;
import dev.weir.cli.capture.Signals;
import dev.weir.cli.edit.Editor;
import dev.weir.cli.edit.Edits;
import dev.weir.cli.ship.Ending;
import dev.weir.cli.ship.Origin;
import dev.weir.cli.ship.Shipper;
import dev.weir.schemas.RunKey;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
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
    private static final long MOST_BUFFER = 1L << 30;
    private static final long LEAST_BUFFER = 16 << 20;
    private static final long HOOK_MILLIS = 5_000;

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
            return new Accompanied(run, options, state, spool, child, allowance, signals, startedAt)
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

    /** A running child and all that goes on beside it. */
    private final class Accompanied {
        private final String run;
        private final RunOptions options;
        private final StateFolder state;
        private final Spool spool;
        private final Child child;
        private final Allowance allowance;
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
                Allowance allowance,
                Signals signals,
                long startedAt) {
            this.run = run;
            this.options = options;
            this.state = state;
            this.spool = spool;
            this.child = child;
            this.allowance = allowance;
            this.signals = signals;
            this.startedAt = startedAt;
            this.notice = new Notice(System.err, options.words().quiet());
        }

        int toItsEnd(Connection connection, Endpoint endpoint, Bell bell) throws InterruptedException {
            Edits edits = options.edits();
            Origin plain = new Surroundings(environment, directory, Path.of("/proc/sys/kernel/hostname"))
                    .origin(options, startedAt);
            Editor editor = edits.editor();
            Origin origin = plain.masked(editor);
            Hooks hooks = Hooks.of(run, options.hooks(), notice);
            Shipper shipper = new Shipper(
                    new RunKey(connection.tenant(), run).toString(),
                    origin,
                    editor,
                    child.streams(),
                    allowance,
                    hooks,
                    endpoint,
                    bell,
                    System::currentTimeMillis);
            Delivery delivery = Delivery.begin(shipper, endpoint);
            signals.afterwards(delivery::giveUp);
            note(connection.tenant(), origin, edits);
            stopAfter(options.timeout());
            allowance.onFailure(this::stopForOverflow);
            int code = child.await(options.grace());
            Ending ending = ending(code);
            shipper.end(ending);
            noteEnd(ending);
            if (hooks != null) {
                shipper.awaitSeen(HOOK_MILLIS);
                hooks.ended(ending, shipper.linesSeen());
            }
            boolean delivered = delivery.await(options.linger());
            if (hooks != null) {
                hooks.await(HOOK_MILLIS);
            }
            long lines = delivered ? shipper.lines() : RunSummary.UNKNOWN;
            RunSummary summary = new RunSummary(run, ending, ending.at() - startedAt, lines);
            RunSummary.Delivered how = delivered
                    ? new RunSummary.Delivered("", "", "")
                    : new RunSummary.Delivered(
                            delivery.trouble(), spool.folder().toString(), resume());
            if (delivered) {
                spool.delete();
                new Leftovers(state, NodeStart.launcher()).handOver();
            }
            summary.tell(options.words(), notice, how, new NodeApi(connection), environment);
            if (options.waking() != null && code == 0 && delivered) {
                new AfterRun(new NodeApi(connection), run, options.waking().linger(), notice, signals)
                        .workOff(options.waking().command(), environment);
            }
            if (allowance.failed()) {
                return OWN_FAILURE;
            }
            return options.strict() && !delivered ? OWN_FAILURE : code;
        }

        private void stopForOverflow() {
            notice.say("so much output waits (" + (allowance.most() >> 20)
                    + " MiB) that --overflow fail ends the command: is Kafka there?");
            Thread stop = new Thread(
                    () -> {
                        try {
                            child.stop(options.grace());
                        } catch (InterruptedException stopped) {
                            Thread.currentThread().interrupt();
                        }
                    },
                    "overflow");
            stop.setDaemon(true);
            stop.start();
        }

        private void note(String tenant, Origin origin, Edits edits) {
            remember(false);
            try {
                Map<String, Long> holders = new java.util.HashMap<>();
                for (int i = 0; i < child.streams().size(); i++) {
                    holders.put(child.streams().get(i).name(), child.holders().get(i));
                }
                spool.note(
                        new Spool.Notes(tenant, origin, edits, child.process().pid(), holders));
            } catch (IOException failure) {
                notice.say("cannot write to " + spool.folder() + ": if weir is killed, this run cannot be resumed: "
                        + failure);
            }
        }

        /** What delivers the rest: where nobody would look for it, with where it is. */
        private String resume() {
            Path where = spool.folder().toAbsolutePath().getParent();
            boolean usual =
                    where == null || where.equals(StateFolder.of(environment).spool());
            return "weir resume " + (usual ? "" : "--spool " + where + " ") + run;
        }

        /** For whoever asks for the newest run of this directory. */
        private void remember(boolean ended) {
            try {
                state.remember(directory, run, ended);
            } catch (IOException failure) {
                if (!ended) {
                    notice.say("cannot write to " + state.root() + ", so name this run to look at it: " + failure);
                }
            }
        }

        private void noteEnd(Ending ending) {
            remember(true);
            try {
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
