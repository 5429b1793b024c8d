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
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A running child and all that goes on beside it. */
final class Accompanied {
    private static final long HOOK_MILLIS = 5_000;

    private final String run;
    private final RunOptions options;
    private final StateFolder state;
    private final Spool spool;
    private final Child child;
    private final Allowance allowance;
    private final Signals signals;
    private final long startedAt;
    private final Notice notice;
    private final Map<String, String> environment;
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
            long startedAt,
            Map<String, String> environment) {
        this.run = run;
        this.options = options;
        this.state = state;
        this.spool = spool;
        this.child = child;
        this.allowance = allowance;
        this.signals = signals;
        this.startedAt = startedAt;
        this.environment = environment;
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
        HandOver handOver = new HandOver(options, connection, environment, NodeStart.launcher());
        boolean delivered = delivery.await(options.linger(), () -> handOver.isWorthIt(allowance, code));
        if (hooks != null) {
            hooks.await(HOOK_MILLIS);
        }
        long lines = delivered ? shipper.lines() : RunSummary.UNKNOWN;
        RunSummary summary = new RunSummary(run, ending, ending.at() - startedAt, lines);
        Leftovers leftovers = new Leftovers(state, NodeStart.launcher());
        RunSummary.Delivered how;
        if (delivered) {
            how = RunSummary.Delivered.ALL;
            spool.delete();
            leftovers.handOver();
        } else if (delivery.left() && leftovers.handOver(spool)) {
            how = RunSummary.Delivered.soon(allowance.held());
        } else {
            how = new RunSummary.Delivered(delivery.trouble(), spool.folder().toString(), resume(), 0);
        }
        summary.tell(options.words(), notice, how, new NodeApi(connection), environment);
        if (options.waking() != null && code == 0 && delivered) {
            new AfterRun(new NodeApi(connection), run, options.waking().linger(), notice, signals)
                    .workOff(options.waking().command(), environment);
        }
        if (allowance.failed()) {
            return RunCommand.OWN_FAILURE;
        }
        return options.strict() && !delivered ? RunCommand.OWN_FAILURE : code;
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
            Map<String, Long> holders = new HashMap<>();
            for (int i = 0; i < child.streams().size(); i++) {
                holders.put(child.streams().get(i).name(), child.holders().get(i));
            }
            spool.note(new Spool.Notes(tenant, origin, edits, child.process().pid(), holders));
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
