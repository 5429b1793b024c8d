package dev.weir.standalone;

import dev.weir.embedded.StartFailure;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Has a node run in a process that outlives this one, its terminal and its session, and waits until it is ready. Two that
 * do this at once end up with one node.
 */
final class Background {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** Flags of this Java that are not for the one it starts. */
    private static final List<String> OWN = List.of("-javaagent", "-agentlib", "-XX:SharedArchiveFile");

    private static final int PAUSE_MILLIS = 20;
    private final StateDirectory directory;
    private final List<String> flags;
    private final PrintWriter out;

    Background(StateDirectory directory, List<String> flags, PrintWriter out) {
        this.directory = directory;
        this.flags = flags;
        this.out = out;
    }

    int run() {
        directory.create();
        Optional<NodeLock> lock = NodeLock.take(directory);
        if (lock.isEmpty()) {
            say("already up", awaitReady(Optional.empty()));
            return 0;
        }
        lock.get().close();
        NodeRecord.read(directory).flatMap(NodeRecord::recovery).ifPresent(out::println);
        say("up", awaitReady(Optional.of(launch())));
        return 0;
    }

    private void say(String how, NodeRecord node) {
        NodeRecord.Addresses at = node.addresses();
        out.println("weir is " + how + ": " + at.url() + ", Kafka " + at.bootstrapServers() + ", schema registry "
                + at.schemaRegistryUrl() + System.lineSeparator() + "State in " + directory.path()
                + "; stop it with weir down");
        out.flush();
    }

    private Process launch() {
        List<String> command = new ArrayList<>();
        // A session of its own, where the system has the command; else it at least ignores the terminal's signals.
        setsid().ifPresent(command::add);
        command.addAll(List.of("/bin/sh", "-c", "trap '' HUP INT QUIT; exec \"$@\"", "weir"));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> OWN.stream().noneMatch(flag::startsWith))
                .forEach(command::add);
        ClassArchives.ofThisInstallation()
                .ifPresent(archives -> command.addAll(
                        archives.flags("node", Path.of(System.getProperty("weir.home"), "lib", "node"))));
        command.add("-Djava.io.tmpdir=" + directory.temporary());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), NodeMain.class.getName(), "up"));
        command.addAll(List.of("--state-dir", directory.path().toString()));
        command.addAll(flags);
        try {
            Files.createDirectories(directory.temporary());
            return new ProcessBuilder(command)
                    .directory(directory.path().toFile())
                    .redirectInput(new File("/dev/null"))
                    .redirectErrorStream(true)
                    .redirectOutput(directory.output().toFile())
                    .start();
        } catch (IOException failed) {
            throw new StartFailure(
                    "Cannot start the node in the background (" + failed.getMessage() + "): check that "
                            + directory.path() + " can be written and its disk has room",
                    failed);
        }
    }

    private static Optional<String> setsid() {
        return Stream.of("/usr/bin/setsid", "/bin/setsid")
                .filter(path -> Files.isExecutable(Path.of(path)))
                .findFirst();
    }

    private NodeRecord awaitReady(Optional<Process> launched) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            Optional<NodeRecord> ready = NodeRecord.read(directory)
                    .filter(node -> node.state() == NodeRecord.State.READY)
                    .filter(node -> node.process().running().isPresent());
            if (ready.isPresent()) {
                return ready.get();
            }
            boolean gone = launched.map(process -> !process.isAlive()).orElseGet(this::nobodyHoldsTheLock);
            if (gone && nobodyHoldsTheLock()) {
                throw new StartFailure(whyItEnded());
            }
            pause(launched);
        }
        throw new StartFailure("The node is not ready after " + PATIENCE.toSeconds() + " s: see " + directory.log()
                + "; weir status tells how it is, weir down ends it");
    }

    private boolean nobodyHoldsTheLock() {
        Optional<NodeLock> lock = NodeLock.take(directory);
        lock.ifPresent(NodeLock::close);
        return lock.isPresent();
    }

    private String whyItEnded() {
        return NodeRecord.read(directory)
                .map(NodeRecord::reason)
                .filter(reason -> !reason.isEmpty())
                .orElse("The node ended while starting: " + directory.output() + " and " + directory.log()
                        + " say why");
    }

    private static void pause(Optional<Process> launched) {
        try {
            if (launched.isPresent()) {
                launched.get().waitFor(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
            } else {
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new StartFailure("Interrupted while waiting for the node; it goes on starting", stopped);
        }
    }
}
