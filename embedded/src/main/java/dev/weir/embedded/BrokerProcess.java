package dev.weir.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An {@link EmbeddedBroker} in a process of its own, for whoever wants to kill it. It ends with this process. */
public final class BrokerProcess implements AutoCloseable {
    private final Process process;
    private final int port;

    private BrokerProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Returns when the broker answers. Its log is beside its directory. */
    public static BrokerProcess start(BrokerOptions options) {
        Path log = options.directory().resolveSibling(options.directory().getFileName() + ".log");
        List<String> command = new ArrayList<>(List.of(
                ChildProcess.java(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                BrokerMain.class.getName(),
                options.directory().toAbsolutePath().toString(),
                Integer.toString(options.port())));
        options.settings().forEach((name, value) -> command.add(name + "=" + value));
        Process process = ChildProcess.start(
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(log.toFile())),
                "the broker");
        String port = firstLine(process);
        if (port == null) {
            ChildProcess.kill(process.toHandle());
            throw new StartFailure("The broker of " + options.directory() + " ended while starting: see " + log);
        }
        return new BrokerProcess(process, Integer.parseInt(port));
    }

    private static @Nullable String firstLine(Process process) {
        try {
            BufferedReader reader = process.inputReader(StandardCharsets.UTF_8);
            return reader.readLine();
        } catch (IOException ended) {
            return null;
        }
    }

    public String bootstrapServers() {
        return Loopback.HOST + ":" + port;
    }

    /** Given to {@link BrokerOptions#withPort}, a later broker is found where this one was. */
    public int port() {
        return port;
    }

    public long pid() {
        return process.pid();
    }

    /** As {@code kill -9}; returns when it is gone. */
    public void kill() {
        ChildProcess.kill(process.toHandle());
    }

    @Override
    public void close() {
        ChildProcess.stop(process);
    }
}
