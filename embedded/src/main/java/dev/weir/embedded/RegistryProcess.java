package dev.weir.embedded;

import java.io.File;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Apicurio's registry as a child process on loopback, its schemas in an H2 file. It ends with this process, also when
 * this one is killed. Schemas and their ids survive a kill of either.
 */
public final class RegistryProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int ATTEMPTS = 5;
    private final Process process;
    private final int port;

    private RegistryProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Returns when the registry answers. Its log, a few lines a start, is {@code registry.log} in its directory. */
    public static RegistryProcess start(Path directory, int port) {
        if (port != 0 && Loopback.isTaken(port)) {
            throw new StartFailure("Port " + port + ", which the schema registry should listen on, is taken: stop what"
                    + " listens there, or choose another port");
        }
        for (int attempt = 1; ; attempt++) {
            int chosen = port != 0 ? port : Loopback.freePort();
            RegistryProcess registry = new RegistryProcess(launch(directory, chosen), chosen);
            if (registry.awaitAnswer()) {
                return registry;
            }
            registry.close();
            // A free port was looked up a moment before: another process may have been faster.
            if (port != 0 || attempt == ATTEMPTS) {
                throw new StartFailure("The schema registry did not start: see " + directory.resolve("registry.log"));
            }
        }
    }

    private static Process launch(Path directory, int port) {
        try {
            Files.createDirectories(directory);
        } catch (IOException denied) {
            throw new StartFailure(
                    "Cannot make the registry's directory " + directory + ": check its permissions", denied);
        }
        Path database = directory.toAbsolutePath().resolve("schemas");
        ProcessBuilder builder = new ProcessBuilder(List.of(
                ChildProcess.java(),
                "-Xmx160m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dapicurio.storage.kind=sql",
                "-Dapicurio.storage.sql.kind=h2",
                // Without WRITE_DELAY=0 a killed registry forgets the ids it gave out a moment before.
                "-Dapicurio.datasource.url=jdbc:h2:file:" + database + ";WRITE_DELAY=0",
                "-Dquarkus.http.host=" + Loopback.HOST,
                "-Dquarkus.http.port=" + port,
                "-Dquarkus.banner.enabled=false",
                "-Dquarkus.log.level=WARN",
                "-cp",
                ChildProcess.ownClasses() + File.pathSeparator + RegistryHome.runner(),
                RegistryMain.class.getName()));
        File log = directory.resolve("registry.log").toFile();
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log));
        return ChildProcess.start(builder, log, "the schema registry");
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
        return "http://" + Loopback.HOST + ":" + port + "/apis/ccompat/v7";
    }

    public int port() {
        return port;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** As {@code kill -9}; returns when it is gone. */
    public void kill() {
        ChildProcess.kill(process);
    }

    @Override
    public void close() {
        ChildProcess.stop(process);
    }
}
