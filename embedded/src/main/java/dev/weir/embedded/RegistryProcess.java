package dev.weir.embedded;

import java.io.File;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Apicurio's registry as a child process on loopback, its schemas in an H2 file. It ends with this process, also when
 * this one is killed. Schemas and their ids survive a kill of either.
 */
public final class RegistryProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int ATTEMPTS = 5;
    private static final String LOG = "registry.log";
    /** What the process says before its log is open, or when its Java dies. */
    private static final String OUTPUT = "registry.out";

    private static final String MARK = "registry.pid";
    private static final String TEMPORARY = "tmp";
    private final Path directory;
    private final Process process;
    private final int port;

    private RegistryProcess(Path directory, Process process, int port) {
        this.directory = directory;
        this.process = process;
        this.port = port;
    }

    /** Returns when the registry answers. Its log is {@code registry.log} in its directory. */
    public static RegistryProcess start(Path directory, int port) {
        return start(directory, port, List.of());
    }

    /** As {@link #start(Path, int)}, with further flags for its Java. */
    public static RegistryProcess start(Path directory, int port, List<String> javaFlags) {
        endLeftOver(directory);
        if (port != 0 && Loopback.isTaken(port)) {
            throw new StartFailure("Port " + port + ", which the schema registry should listen on, is taken: stop what"
                    + " listens there, or choose another port");
        }
        for (int attempt = 1; ; attempt++) {
            int chosen = port != 0 ? port : Loopback.freePort();
            RegistryProcess registry = new RegistryProcess(directory, launch(directory, chosen, javaFlags), chosen);
            if (registry.awaitAnswer()) {
                return registry;
            }
            registry.close();
            // A free port was looked up a moment before: another process may have been faster.
            if (port != 0 || attempt == ATTEMPTS) {
                throw new StartFailure("The schema registry did not start: " + directory.resolve(OUTPUT) + " and "
                        + directory.resolve(LOG) + " say why");
            }
        }
    }

    /** Ends the registry that a killed process may have left on a directory; normally it has ended by itself. */
    public static void endLeftOver(Path directory) {
        Path mark = directory.resolve(MARK);
        ProcessMark.read(mark).flatMap(ProcessMark::running).ifPresent(ChildProcess::kill);
        try {
            FileTree.delete(directory.resolve(TEMPORARY));
            Files.deleteIfExists(mark);
        } catch (IOException denied) {
            throw new StartFailure(
                    "Cannot tidy the registry's directory " + directory + " (" + denied + "): check its permissions",
                    denied);
        }
    }

    private static Process launch(Path given, int port, List<String> javaFlags) {
        Path directory = given.toAbsolutePath();
        try {
            Path temporary = Files.createDirectories(directory.resolve(TEMPORARY));
            List<String> command = new ArrayList<>(List.of(
                    ChildProcess.java(),
                    "-Xmx128m",
                    "-XX:MetaspaceSize=96m",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-XX:-UsePerfData",
                    "-Djava.io.tmpdir=" + temporary));
            if (Runtime.version().feature() >= 24) {
                // It would fill its output with warnings of what its libraries do.
                command.add("--sun-misc-unsafe-memory-access=allow");
            }
            command.addAll(javaFlags);
            command.addAll(settings(directory, port));
            command.addAll(List.of("-cp", classPath(), RegistryMain.class.getName()));
            File output = directory.resolve(OUTPUT).toFile();
            Process process = ChildProcess.start(
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.to(output)),
                    "the schema registry");
            ProcessMark.of(process.toHandle()).write(directory.resolve(MARK));
            return process;
        } catch (IOException denied) {
            throw new StartFailure(
                    "Cannot write to the registry's directory " + directory + " (" + denied
                            + "): check its permissions and that its disk has room",
                    denied);
        }
    }

    private static List<String> settings(Path directory, int port) {
        return List.of(
                "-Dapicurio.storage.kind=sql",
                "-Dapicurio.storage.sql.kind=h2",
                // Without WRITE_DELAY=0 a killed registry forgets the ids it gave out a moment before.
                "-Dapicurio.datasource.url=jdbc:h2:file:" + directory.resolve("schemas") + ";WRITE_DELAY=0",
                "-Dquarkus.http.host=" + Loopback.HOST,
                "-Dquarkus.http.port=" + port,
                "-Dquarkus.banner.enabled=false",
                "-Dquarkus.log.level=WARN",
                "-Dquarkus.log.console.enable=false",
                "-Dquarkus.log.file.enable=true",
                "-Dquarkus.log.file.path=" + directory.resolve(LOG),
                "-Dquarkus.log.file.rotation.max-file-size=2M",
                "-Dquarkus.log.file.rotation.max-backup-index=1");
    }

    /** What its Java loads its classes from. */
    public static String classPath() {
        return ChildProcess.ownClasses() + File.pathSeparator + RegistryHome.runner();
    }

    /** The file whose change means that the registry itself has changed. */
    public static Path program() {
        return RegistryHome.runner();
    }

    private boolean awaitAnswer() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            if (answers()) {
                return true;
            }
            try {
                if (process.waitFor(50, TimeUnit.MILLISECONDS)) {
                    return false;
                }
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return false;
    }

    private boolean answers() {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create(url() + "/subjects").toURL().openConnection();
            connection.setConnectTimeout(1_000);
            connection.setReadTimeout(5_000);
            return connection.getResponseCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** What Confluent's clients call {@code schema.registry.url}. */
    public String url() {
        return url(port);
    }

    /** That of a registry on a port. */
    public static String url(int port) {
        return "http://" + Loopback.HOST + ":" + port + "/apis/ccompat/v7";
    }

    public int port() {
        return port;
    }

    public long pid() {
        return process.pid();
    }

    /** Done when the process has ended, however it did. */
    public CompletableFuture<?> onExit() {
        return process.onExit();
    }

    /** As {@code kill -9}; returns when it is gone. */
    public void kill() {
        ChildProcess.kill(process.toHandle());
    }

    @Override
    public void close() {
        ChildProcess.stop(process);
        endLeftOver(directory);
    }
}
