package dev.weir.standalone;

import dev.weir.embedded.RegistryProcess;
import dev.weir.embedded.StartFailure;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code weir down}: ends the node of a state directory, or tidies up after one that was killed. */
@Command(name = "down", description = "End the node. What it keeps stays in its state directory.")
final class DownCommand implements Callable<Integer> {
    private static final Duration ORDERLY = Duration.ofSeconds(30);
    private static final Duration FORCED = Duration.ofSeconds(10);
    private static final int PAUSE_MILLIS = 20;
    private final Map<String, String> environment;

    @Spec
    @SuppressWarnings("NullAway.Init")
    CommandSpec spec;

    @Mixin
    StateDirectoryOption stateDirectory = new StateDirectoryOption();

    DownCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        StateDirectory directory = stateDirectory.choose(environment);
        PrintWriter out = spec.commandLine().getOut();
        if (!directory.exists()) {
            out.println("No node runs: there is no " + directory.path());
            return 0;
        }
        Optional<NodeLock> lock = NodeLock.take(directory);
        if (lock.isPresent()) {
            out.println(tidy(directory, lock.get()));
        } else {
            out.println(end(directory));
        }
        return 0;
    }

    /** Nobody holds the lock: no node runs, but one that was killed may have left its registry and its record. */
    private static String tidy(StateDirectory directory, NodeLock lock) {
        Optional<NodeRecord> left = NodeRecord.read(directory);
        RegistryProcess.endLeftOver(directory.registry());
        directory.emptyTemporary();
        NodeRecord.delete(directory);
        lock.close();
        return left.filter(node -> node.state() != NodeRecord.State.FAILED)
                .map(node -> "No node runs on " + directory.path() + ": process "
                        + node.process().pid() + " had been killed. Tidied up; weir up recovers what it kept")
                .orElse("No node runs on " + directory.path());
    }

    private static String end(StateDirectory directory) {
        ProcessHandle node = awaitProcess(directory);
        node.destroy();
        if (!goneWithin(directory, ORDERLY)) {
            node.destroyForcibly();
            if (!goneWithin(directory, FORCED)) {
                throw new StartFailure("Process " + node.pid() + " does not end: end it by hand (kill -9 " + node.pid()
                        + "), then weir down again");
            }
        }
        return NodeLock.take(directory)
                .map(lock -> {
                    tidy(directory, lock);
                    return "weir is down; its state stays in " + directory.path();
                })
                .orElse("weir is down, and another node has started on " + directory.path() + " since");
    }

    /** A node that took the lock a moment ago has not written down who it is. */
    private static ProcessHandle awaitProcess(StateDirectory directory) {
        long deadline = System.nanoTime() + FORCED.toNanos();
        while (System.nanoTime() < deadline) {
            Optional<ProcessHandle> node = NodeRecord.read(directory)
                    .flatMap(record -> record.process().running());
            if (node.isPresent()) {
                return node.get();
            }
            pause();
        }
        throw new StartFailure("A node holds " + directory.lock() + " but " + directory.record()
                + " does not name its process: end it by hand (fuser " + directory.lock() + " names it)");
    }

    private static boolean goneWithin(StateDirectory directory, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (System.nanoTime() < deadline) {
            Optional<NodeLock> lock = NodeLock.take(directory);
            if (lock.isPresent()) {
                lock.get().close();
                return true;
            }
            pause();
        }
        return false;
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new StartFailure("Interrupted while the node was ending; weir down again finishes it", stopped);
        }
    }
}
