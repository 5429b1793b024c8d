package dev.weir.bench.page;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A node of this bench's own, and commands wrapped by the launcher. */
final class Weir implements AutoCloseable {
    private static final Pattern ADDRESS = Pattern.compile("http://[0-9.]+:\\d+");

    private final HttpClient client = HttpClient.newHttpClient();
    private final String launcher;
    private final Path home;
    private final String address;

    private Weir(String launcher, Path home, String address) {
        this.launcher = launcher;
        this.home = home;
        this.address = address;
    }

    static Weir up(String launcher) throws IOException, InterruptedException {
        Path home = Files.createTempDirectory("page-bench");
        Process up = new ProcessBuilder(
                        launcher,
                        "up",
                        "--detach",
                        "--port",
                        "0",
                        "--kafka-port",
                        "0",
                        "--registry-port",
                        "0",
                        "--state-dir",
                        home.resolve("state").toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(up.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Matcher address = ADDRESS.matcher(said);
        if (up.waitFor() != 0 || !address.find()) {
            throw new IllegalStateException(said);
        }
        return new Weir(launcher, home, address.group());
    }

    String address() {
        return address;
    }

    /** Starts the ticker as a wrapped command; what it prints goes nowhere but to weir. */
    Process tick(String run, long lines, long rate) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(launcher, "run", "--run-id", run, "-q", "--linger", "10m", "--"));
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx32m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Ticker.class.getName(),
                Long.toString(lines),
                Long.toString(rate)));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("WEIR_URL", address);
        builder.environment().put("HOME", home.toString());
        return builder.start();
    }

    /** Waits until a run has come to so many lines. */
    void awaitCounted(String run, long lines) throws IOException, InterruptedException {
        while (!get("/v1/runs/" + run).contains("\"counted\":" + lines + ",")) {
            LockSupport.parkNanos(100_000_000);
        }
    }

    void awaitLine(String run) throws IOException, InterruptedException {
        while (!get("/v1/runs/" + run + "/lines?n=1").contains("position")) {
            LockSupport.parkNanos(20_000_000);
        }
    }

    private String get(String path) throws IOException, InterruptedException {
        return client.send(
                        HttpRequest.newBuilder(URI.create(address + path)).build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    @Override
    public void close() throws IOException {
        Process down = new ProcessBuilder(
                        launcher, "down", "--state-dir", home.resolve("state").toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        while (down.isAlive()) {
            LockSupport.parkNanos(20_000_000);
        }
    }
}
