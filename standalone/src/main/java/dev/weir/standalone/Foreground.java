package dev.weir.standalone;

import dev.weir.embedded.Loopback;
import dev.weir.embedded.RegistryProcess;
import dev.weir.embedded.StartFailure;
import dev.weir.settings.Settings;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.utils.Exit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a node in this process until it is told to end. Single-threaded but for the shutdown hook. */
final class Foreground {
    private static final Logger LOG = LoggerFactory.getLogger(Foreground.class);
    private static final long MOST_LOG = 10L << 20;
    private final StateDirectory directory;
    private final NodeSettings node;
    private final Settings settings;
    private final PrintWriter out;
    private volatile NodeRecord record = NodeRecord.starting();

    Foreground(StateDirectory directory, NodeSettings node, Settings settings, PrintWriter out) {
        this.directory = directory;
        this.node = node;
        this.settings = settings;
        this.out = out;
    }

    int run() {
        directory.create();
        NodeLock lock = NodeLock.take(directory).orElseThrow(this::alreadyRunning);
        try {
            checkDisk();
            checkPorts();
            Node running = start(lock);
            return awaitFailure(running, lock);
        } catch (StartFailure failed) {
            note(String.valueOf(failed.getMessage()));
            throw failed;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    private Node start(NodeLock lock) {
        NodeRecord.read(directory).flatMap(NodeRecord::recovery).ifPresent(this::say);
        directory.emptyTemporary();
        record.write(directory);
        PrintStream log = openLog();
        Exit.setExitProcedure(this::brokerEnded);
        Exit.setHaltProcedure(this::brokerEnded);
        Optional<ClassArchives> archives = ClassArchives.ofThisInstallation();
        Ending ending = new Ending(directory, lock, archives);
        Runtime.getRuntime().addShutdownHook(new Thread(ending, "node-end"));
        Node running = Node.start(
                node,
                directory,
                () -> archives.map(all -> all.flags("registry", RegistryProcess.program()))
                        .orElse(List.of()),
                new WeirServerStart());
        ending.of(running);
        record = record.ready(running.addresses(), running.registryPid(), DiskBound.of(settings));
        record.write(directory);
        LastPorts.remember(directory, record.addresses());
        log.flush();
        NodeRecord.Addresses at = record.addresses();
        archives.ifPresent(all -> all.makeWhenIdle(at.url()));
        say("weir is up: " + at.url() + ", Kafka " + at.bootstrapServers() + ", schema registry "
                + at.schemaRegistryUrl() + System.lineSeparator() + "State in " + directory.path()
                + "; stop it with Ctrl-C or weir down");
        return running;
    }

    /** Runs until a signal ends the process, or the topology gives up by itself. */
    private int awaitFailure(Node running, NodeLock lock) throws InterruptedException {
        while (true) {
            if (!lock.isInPlace()) {
                say("The state directory " + directory.path()
                        + " was deleted or moved: this node ends. weir up starts a new one");
                // Not in order: a broker without its files does not end, and there is nothing left to bring in order.
                Runtime.getRuntime().halt(1);
            }
            Optional<String> failure = running.failure();
            if (failure.isPresent()) {
                throw new StartFailure("The topology could not go on (" + failure.get() + "): see " + directory.log()
                        + "; the disk has " + Sizes.text(directory.freeBytes()) + " left. Nothing is lost; weir up"
                        + " starts again");
            }
            TimeUnit.SECONDS.sleep(1);
        }
    }

    /** Logs go to a file of bounded size, also what libraries print. */
    private PrintStream openLog() {
        try {
            PrintStream log = new BoundedLog(directory.log(), MOST_LOG).asPrintStream();
            System.setErr(log);
            System.setOut(log);
            return log;
        } catch (IOException denied) {
            throw new StartFailure(
                    "Cannot write the log " + directory.log() + " (" + denied
                            + "): check its permissions and that its disk has room",
                    denied);
        }
    }

    /** For weir status. A full disk may be the very reason: then it is only said. */
    private void note(String failure) {
        try {
            record.failed(failure).write(directory);
        } catch (StartFailure unwritable) {
            LOG.error("event=record-unwritable reason=\"{}\"", unwritable.getMessage());
        }
    }

    private void say(String sentence) {
        out.println(sentence);
        out.flush();
    }

    private StartFailure alreadyRunning() {
        String who = NodeRecord.read(directory)
                .map(other -> "process " + other.process().pid()
                        + (other.addresses().url().isEmpty()
                                ? ""
                                : ", " + other.addresses().url()))
                .orElse("it is just starting");
        return new StartFailure("A node already runs on " + directory.path() + " (" + who
                + "): use it, end it with weir down, or give this one another --state-dir");
    }

    private void checkDisk() {
        long free = directory.freeBytes();
        if (free < node.leastDisk()) {
            throw new StartFailure("The disk of " + directory.path() + " has " + Sizes.text(free)
                    + " left, and a node does not start with less than " + Sizes.text(node.leastDisk())
                    + ": free some, choose another with --state-dir, or set "
                    + NodeSettings.LEAST_DISK.variable());
        }
    }

    /** All of them together: whoever mends one does not want to hear of the next a try later. */
    private void checkPorts() {
        List<String> taken = new ArrayList<>();
        Map.of("--port", node.port(), "--kafka-port", node.kafkaPort(), "--registry-port", node.registryPort())
                .forEach((flag, port) -> {
                    if (port != 0 && Loopback.isTaken(port)) {
                        taken.add(flag + " " + port);
                    }
                });
        if (!taken.isEmpty()) {
            taken.sort(null);
            throw new StartFailure("Taken by another program on 127.0.0.1: " + String.join(", ", taken)
                    + ". Choose other ports with these flags (0: any free one), or stop what listens there");
        }
    }

    /** The broker ends its process when it cannot go on, mostly because it cannot write. */
    private void brokerEnded(int status, @Nullable String message) {
        String why = "The broker could not go on" + (message == null ? "" : " (" + message + ")") + ": see "
                + directory.log() + "; its disk has " + Sizes.text(directory.freeBytes())
                + " left. What was acknowledged is kept; weir up starts again";
        LOG.error("event=broker-ended status={} reason=\"{}\"", status, why);
        note(why);
        Runtime.getRuntime().halt(1);
    }
}
