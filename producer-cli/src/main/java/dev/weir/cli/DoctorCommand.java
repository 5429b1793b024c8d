package dev.weir.cli;

import dev.weir.cli.net.Http;
import dev.weir.cli.net.Json;
import dev.weir.cli.net.Node;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code weir doctor}: what weir needs, one line each, and what to do where something is amiss. */
@Command(name = "doctor", description = "Checks what weir needs here.", mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {
    private static final long LITTLE = 512L << 20;
    private static final long MOST_SECONDS_APART = 5;
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Map<String, String> environment;
    private int troubles;

    DoctorCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        Connection connection = Configuration.connection(environment, null);
        say(true, "Java", Runtime.version().toString() + " at " + System.getProperty("java.home"), "");
        state(StateFolder.of(environment));
        say(
                Files.isExecutable(Path.of("/bin/sh")) && Files.isDirectory(Path.of("/proc/self/fd")),
                "capture",
                "sh, tee and /proc",
                "weir run needs all three");
        Optional<Node> node = Node.at(connection.url(), connection.headers());
        say(
                node.isPresent(),
                "node",
                connection.url().toString(),
                "nothing answers: start one with weir up, or set WEIR_URL");
        node.ifPresent(found -> {
            ready(connection);
            clock(connection);
            kafka(connection.bootstrapServers().isEmpty() ? found.bootstrapServers() : connection.bootstrapServers());
            registry(connection.registryUrl().isEmpty() ? found.registryUrl() : connection.registryUrl());
        });
        return troubles == 0 ? 0 : 1;
    }

    private void state(StateFolder state) {
        try {
            Files.createDirectories(state.root());
            long free = Files.getFileStore(state.root()).getUsableSpace();
            say(Files.isWritable(state.root()), "state", state.root().toString(), "not writable: set WEIR_STATE_DIR");
            permissions(state.spool());
            say(free > LITTLE, "disk", (free >> 20) + " MiB free", "less than 512 MiB: make room");
        } catch (IOException failure) {
            say(false, "state", state.root() + ": " + failure, "set WEIR_STATE_DIR to a folder of your own");
        }
    }

    /** What waits here is raw output: nobody else's to read. */
    private void permissions(Path spool) throws IOException {
        if (Files.isDirectory(spool)) {
            String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(spool));
            say(mode.endsWith("------"), "spool", spool + ", " + mode, "readable by others: chmod 700 it");
        }
    }

    private void clock(Connection connection) {
        try {
            HttpURLConnection asked = (HttpURLConnection)
                    connection.url().resolve("/readyz").toURL().openConnection();
            asked.setConnectTimeout((int) PATIENCE.toMillis());
            asked.setReadTimeout((int) PATIENCE.toMillis());
            long theirs = asked.getDate(); // to the second
            long apart = Math.abs(System.currentTimeMillis() - theirs) / 1_000;
            asked.disconnect();
            if (theirs > 0) {
                say(
                        apart <= MOST_SECONDS_APART,
                        "clock",
                        apart + " s from the server's",
                        "set the clock here or there");
            }
        } catch (IOException failure) {
            say(false, "clock", failure.toString(), "see weir status");
        }
    }

    private void ready(Connection connection) {
        try {
            Http.Answer answer = Http.get(connection.url().resolve("/readyz"), connection.headers(), PATIENCE);
            say(answer.ok(), "stores", answer.ok() ? "ready" : NodeApi.explained(answer), "wait, or see weir status");
        } catch (IOException failure) {
            say(false, "stores", failure.toString(), "see weir status");
        }
    }

    private void kafka(String bootstrapServers) {
        String first = bootstrapServers.split(",")[0];
        int colon = first.lastIndexOf(':');
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(first.substring(0, colon), Integer.parseInt(first.substring(colon + 1))),
                    (int) PATIENCE.toMillis());
            say(true, "Kafka", first, "");
        } catch (IOException | RuntimeException failure) {
            say(false, "Kafka", first + ": " + failure.getMessage(), "check WEIR_BOOTSTRAP_SERVERS and the network");
        }
    }

    private void registry(String urls) {
        String first = urls.split(",")[0];
        try {
            Http.Answer answer = Http.get(URI.create(first + "/subjects"), Map.of(), PATIENCE);
            boolean fine = answer.ok() && !Json.parse(answer.body()).items().isEmpty();
            say(fine, "registry", first + ", status " + answer.status(), "check WEIR_SCHEMA_REGISTRY_URL");
        } catch (IOException | IllegalArgumentException failure) {
            say(false, "registry", first + ": " + failure.getMessage(), "check WEIR_SCHEMA_REGISTRY_URL");
        }
    }

    private void say(boolean fine, String what, String found, String otherwise) {
        System.out.println(Printable.of(
                String.format("%-8s %-9s %s", fine ? "ok" : "TROUBLE", what, found) + (fine ? "" : ": " + otherwise)));
        troubles += fine ? 0 : 1;
    }
}
