package dev.weir.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.api.ServerConfig;
import dev.weir.api.WeirServer;
import dev.weir.cli.net.Json;
import dev.weir.embedded.Await;
import dev.weir.embedded.KafkaUnderTest;
import dev.weir.embedded.Loopback;
import dev.weir.schemas.TopicAdmin;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** The reading commands, in this process, and one real server over a real broker for every test class that asks for it. */
final class ServedCommand implements BeforeAllCallback {
    /** What a command left. */
    record Result(int code, String out, String err) {
        Json json() {
            return Json.parse(out);
        }
    }

    static {
        // What is captured of standard error is what a command says, and not the server's log beside it.
        System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "error");
        System.setProperty("org.slf4j.simpleLogger.log.dev.weir.access", "off");
    }

    private static @Nullable Both both;

    /** Lives until the last test class is through. */
    private static final class Both implements AutoCloseable {
        private final KafkaUnderTest kafka = KafkaUnderTest.embedded();
        private final ExtensionContext context;
        private final Map<String, String> environment;
        private final Path folder;
        private WeirServer server;

        Both(ExtensionContext context) {
            this.context = context;
            try {
                kafka.beforeAll(context);
                folder = Files.createTempDirectory("served-command");
            } catch (Exception failed) {
                throw new IllegalStateException("The broker did not start", failed);
            }
            int port = Loopback.freePort();
            environment = Map.of(
                    "WEIR_STATE_DIR",
                    folder.resolve("state").toString(),
                    "WEIR_URL",
                    "http://127.0.0.1:" + port,
                    "WEIR_HTTP_PORT",
                    Integer.toString(port),
                    "WEIR_BOOTSTRAP_SERVERS",
                    kafka.bootstrapServers(),
                    "WEIR_SCHEMA_REGISTRY_URL",
                    "mock://served-command",
                    "WEIR_TOPIC_PARTITIONS",
                    "2");
            server = start();
        }

        private WeirServer start() {
            Map<String, String> settings = new HashMap<>(environment);
            settings.put("WEIR_STATE_DIR", folder.resolve("server").toString());
            ServerConfig config = ServerConfig.from(settings);
            try (Admin admin = kafka.admin()) {
                new TopicAdmin(admin, Duration.ofSeconds(30)).ensure(config.topics());
            }
            return WeirServer.start(config);
        }

        @Override
        public void close() {
            server.close();
            try {
                kafka.afterAll(context);
            } catch (Exception stubborn) {
                throw new IllegalStateException("The broker did not stop", stubborn);
            }
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        both = context.getRoot()
                .getStore(Namespace.GLOBAL)
                .computeIfAbsent(Both.class, started -> new Both(context.getRoot()), Both.class);
        awaitReady();
    }

    private static Both running() {
        return Objects.requireNonNull(both, "the server runs while test classes do");
    }

    private void awaitReady() {
        Await.until("the server is ready", () -> api().get("/readyz", Map.of()).ok());
    }

    /** The server goes away, and comes back on the same port once something was done meanwhile. */
    void restartedAfter(Runnable meanwhile) {
        running().server.close();
        meanwhile.run();
        running().server = running().start();
        awaitReady();
    }

    Map<String, String> environment() {
        return running().environment;
    }

    NodeApi api() {
        return new NodeApi(Configuration.connection(environment(), null));
    }

    Path folder() {
        return running().folder;
    }

    /** One command; output of commands in other threads would be mixed with it. */
    Result run(String... words) {
        return run(environment(), words);
    }

    Result runElsewhere(String url, String... words) {
        Map<String, String> elsewhere = new HashMap<>(environment());
        elsewhere.put("WEIR_URL", url);
        return run(elsewhere, words);
    }

    private static Result run(Map<String, String> environment, String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream usualOut = System.out;
        PrintStream usualErr = System.err;
        System.setOut(new PrintStream(out, true, UTF_8));
        System.setErr(new PrintStream(err, true, UTF_8));
        try {
            int code = Commands.execute(environment, List.of(words));
            System.out.flush();
            return new Result(code, out.toString(UTF_8), err.toString(UTF_8));
        } finally {
            System.setOut(usualOut);
            System.setErr(usualErr);
        }
    }

    /** A command in a process of its own, for as long as it takes. */
    Process start(String... words) throws IOException {
        List<String> command = new java.util.ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-cp",
                System.getProperty("java.class.path"),
                Weir.class.getName()));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder().toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("WEIR_"));
        builder.environment().putAll(environment());
        return builder.start();
    }

    void begin(String run, String more) {
        post("/v1/runs", "{\"run\":\"" + run + "\"" + more + "}");
        Await.until(
                run + " is known", () -> api().get("/v1/runs/" + run, Map.of()).ok());
    }

    void lines(String run, String lines) {
        ok(api().send("POST", "/v1/runs/" + run + "/lines", "text/plain", lines, Duration.ofSeconds(20))
                .status());
    }

    void end(String run, int code) {
        post("/v1/runs/" + run + "/end", "{\"exitCode\":" + code + "}");
        Await.until(run + " has ended", () -> !field(run, "endedAt").isEmpty());
    }

    void counted(String run, long lines) {
        Await.until(
                run + " counts " + lines,
                () -> state(run).get("accounting").get("counted").number() == lines);
    }

    /** How often the server was asked for a snapshot: a watch begins with one. */
    double snapshotsAsked() {
        return api().get("/metrics", Map.of())
                .body()
                .lines()
                .filter(line -> line.startsWith("weir_http_requests_seconds_count")
                        && line.contains("route=\"/v1/runs/{run}/snapshot\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    String field(String run, String name) {
        return state(run).get(name).text();
    }

    Json state(String run) {
        return Json.parse(api().get("/v1/runs/" + run, Map.of()).body());
    }

    private void post(String path, String body) {
        ok(api().send("POST", path, body, Duration.ofSeconds(20)).status());
    }

    private static void ok(int status) {
        if (status / 100 != 2) {
            throw new AssertionError("The server answered " + status);
        }
    }
}
