package dev.weir.standalone;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.embedded.Await;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.spec.McpSchema;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * weir as its user meets it: the launcher in an empty home, one command after the other. Ordered, because that is what a
 * user's morning is; each step says what it needs of those before.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class UserIT {
    private static final String CHILD =
            "for i in 1 2 3; do echo \"worker $i started\"; done;" + " echo \"ERROR disk full on sda$i\" >&2; exit 3";

    @TempDir
    private static Path home;

    private static Launcher weir;

    @BeforeAll
    static void home() {
        weir = new Launcher(Path.of("target", "dist", "bin", "weir"), home);
    }

    @AfterAll
    static void down() {
        weir.run("down");
    }

    @Test
    @Order(1)
    void runsACommandUntouchedAndStartsANodeForIt() {
        Launcher.Result result = weir.run("run", "--run-id", "first", "--", "sh", "-c", CHILD);

        assertEquals(3, result.code(), result::errors);
        assertArrayEquals(
                "worker 1 started\nworker 2 started\nworker 3 started\n".getBytes(StandardCharsets.UTF_8),
                result.out());
        assertTrue(result.errors().startsWith("ERROR disk full on sda3\n"), result::errors);
        assertTrue(result.errors().contains("first"), result::errors);
        assertTrue(result.errors().contains("weir snapshot"), result::errors);
    }

    @Test
    @Order(2)
    void showsTheNewestRunOfThisDirectoryWithCountsThatAddUp() throws Exception {
        Launcher.Result text = weir.run("snapshot");
        JsonNode json = new ObjectMapper()
                .readTree(weir.run("snapshot", "first", "--json").out());

        assertEquals(0, text.code(), text::errors);
        assertTrue(text.text().contains("worker <*> started"), text::text);
        assertTrue(text.text().contains("ERROR disk full on"), text::text);
        assertIdentity(4, json.get("accounting"));
    }

    @Test
    @Order(3)
    void usesTheNodeThatIsUp() throws Exception {
        long pid = status().get("pid").asLong();

        Launcher.Result result = weir.run("run", "--run-id", "second", "-q", "--", "seq", "1", "1000");

        assertEquals(0, result.code());
        assertEquals("", result.errors());
        assertEquals(pid, status().get("pid").asLong());
        assertIdentity(1000, snapshot("second").get("accounting"));
    }

    @Test
    @Order(3)
    void theDoctorLooksAtEverythingThatWeirNeeds() throws Exception {
        Launcher.Result result = weir.run("doctor");

        assertEquals(0, result.code(), result::text);
        for (String what : List.of("Java", "state", "disk", "node", "stores", "clock", "Kafka", "registry")) {
            assertTrue(result.text().matches("(?s).*ok +" + what + " .*"), what + ": " + result.text());
        }
    }

    @Test
    @Order(4)
    void losesNothingWhenTheNodeIsKilled() throws Exception {
        JsonNode before = snapshot("first").get("accounting");
        NodeUnderTest.kill(status().get("pid").asLong());

        Launcher.Result whileDown = weir.run("run", "--run-id", "third", "--", "sh", "-c", "echo one; echo two");

        assertEquals(0, whileDown.code(), whileDown::errors);
        assertEquals("one\ntwo\n", whileDown.text());
        assertEquals("ready", status().get("state").asText());
        Await.until("both runs are there", () -> counted("first") == 4 && counted("third") == 2);
        assertEquals(before.get("counted"), snapshot("first").get("accounting").get("counted"));
    }

    @Test
    @Order(5)
    void answersAnAgentOverItsStandardOutput() {
        ServerParameters command = ServerParameters.builder(weir.path())
                .args("mcp", "--root", home.toString(), "--allow-run", "--allow-wake")
                .env(weir.environment())
                .build();
        try (McpSyncClient agent = McpClient.sync(new StdioClientTransport(command, McpJsonDefaults.getMapper()))
                .requestTimeout(Duration.ofSeconds(60))
                .build()) {
            agent.initialize();

            JsonNode snapshot = call(agent, "snapshot", Map.of("run", "first"));
            JsonNode started = call(agent, "run", Map.of("command", List.of("sh", "-c", "echo from an agent; exit 4")));
            String run = started.get("run").asText();
            Await.until("the agent's run is known", () -> weir.run("show", run).code() == 0);
            JsonNode ended = call(agent, "wait_for", Map.of("run", run));
            JsonNode queued = call(agent, "wake", Map.of("run", run, "message", "look", "when", "failed"));
            JsonNode raw = call(agent, "search_lines", Map.of("run", run));

            assertEquals("failed", snapshot.get("status").asText());
            assertEquals(4, snapshot.at("/counts/counted").asInt());
            assertEquals(4, ended.get("exitCode").asInt());
            assertTrue(weir.run("queue", run).text().contains(queued.get("wake").asText()));
            assertEquals("from an agent", raw.at("/lines/0/untrustedText").asText());
        }
    }

    private static JsonNode call(McpSyncClient agent, String tool, Map<String, Object> arguments) {
        McpSchema.CallToolResult result = agent.callTool(
                McpSchema.CallToolRequest.builder(tool).arguments(arguments).build());
        assertFalse(result.isError(), () -> tool + ": " + result.content());
        return new ObjectMapper().valueToTree(result.structuredContent());
    }

    @Test
    @Order(6)
    void leavesNothingBehind() throws Exception {
        JsonNode status = status();

        Launcher.Result down = weir.run("down");

        assertEquals(0, down.code(), down::errors);
        NodeUnderTest.awaitEnd(status.get("pid").asLong());
        assertEquals("stopped", status().get("state").asText());
    }

    @Test
    @Order(7)
    void refusesAnUnknownFlagInsteadOfRunningIt() {
        Launcher.Result result = weir.run("run", "--jobb", "x", "--", "true");

        assertEquals(125, result.code());
        assertTrue(result.errors().contains("--jobb") && result.errors().contains("--job"), result::errors);
    }

    @Test
    @Order(8)
    void bringsTheSameLinesOverHttpAlone() throws Exception {
        String child = "seq 1 500; head -c 300000 /dev/zero | tr '\\0' x; echo; printf 'no newline'; exit 4";

        Launcher.Result result = weir.run("run", "--via", "http", "--run-id", "http", "-q", "--", "sh", "-c", child);
        Launcher.Result filtered = weir.run(
                "run", "--via", "http", "--exclude", "[13579]$", "--run-id", "half", "-q", "--", "seq", "1", "1000");

        assertEquals(4, result.code(), result::errors);
        assertEquals(0, filtered.code(), filtered::errors);
        Await.until("both runs are there", () -> counted("http") == 502 && counted("half") == 500);
        JsonNode half = snapshot("half").get("accounting");
        assertEquals(500, half.get("dropped").asLong(), half::toString);
    }

    @Test
    @Order(9)
    void addsASourceToARunningTailAndTakesItAwayAgain() throws Exception {
        Path first = Files.writeString(home.resolve("first.log"), "first\n");
        Path second = Files.writeString(home.resolve("second.log"), "before\n");
        ProcessBuilder builder = new ProcessBuilder(
                        weir.path(), "tail", "-q", "--from-start", "--run-id", "tailed", first.toString())
                .directory(home.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(weir.environment());
        Process tail = builder.start();
        try {
            Await.until(
                    "the tail listens",
                    () -> weir.run("sources", "tailed", "add", second.toString())
                                    .code()
                            == 0);
            Launcher.Result again = weir.run("sources", "tailed", "add", second.toString());
            Launcher.Result nowhere = weir.run("sources", "tailed", "add", home + "/nowhere.log");
            Files.writeString(second, "while\n", StandardOpenOption.APPEND);
            Await.until(
                    "its lines come",
                    () -> weir.run("lines", "tailed", "-n", "50").text().contains("while"));
            Launcher.Result removed = weir.run("sources", "tailed", "rm", second.toString());
            Launcher.Result unknown = weir.run("sources", "tailed", "rm", second.toString());
            Files.writeString(second, "after\n", StandardOpenOption.APPEND);
            Files.writeString(first, "last\n", StandardOpenOption.APPEND);
            Await.until(
                    "the other is still followed",
                    () -> weir.run("lines", "tailed", "-n", "50").text().contains("last"));

            assertTrue(again.code() != 0 && again.errors().contains("is followed already"), again::errors);
            assertTrue(nowhere.code() != 0 && nowhere.errors().contains("is not there"), nowhere::errors);
            assertEquals(0, removed.code(), removed::errors);
            assertTrue(unknown.code() != 0 && unknown.errors().contains("is not followed"), unknown::errors);
            assertTrue(weir.run("sources", "tailed").text().contains("second.log"));
            assertFalse(weir.run("lines", "tailed", "-n", "50").text().contains("after"));
        } finally {
            tail.destroy();
            tail.waitFor();
        }
    }

    @Test
    @Order(10)
    void givesThePromptBackBeforeAFloodIsDeliveredAndLosesNothingOfIt() throws Exception {
        String said = weir.shell(
                "./weir run --run-id flood -- sh -c"
                        + " \"yes 'worker 7 handled request 12345 of client 10.0.0.1 in 35 ms' | head -n 2000000; exit 6\" >/dev/null");
        Launcher.Result watched = weir.run("watch", "flood");

        assertTrue(said.contains("exited 6") && said.contains("go on being delivered"), said);
        assertEquals(6, watched.code(), watched::errors);
        assertIdentity(2_000_000, snapshot("flood").get("accounting"));
        Await.until("nothing of it waits on disk", () -> !Files.exists(home.resolve(".local/state/weir/spool/flood")));
    }

    private static long counted(String run) throws Exception {
        return snapshot(run).get("accounting").get("counted").asLong();
    }

    private static JsonNode snapshot(String run) throws Exception {
        return new ObjectMapper().readTree(weir.run("snapshot", run, "--json").out());
    }

    private static JsonNode status() throws Exception {
        return new ObjectMapper().readTree(weir.run("status", "--json").out());
    }

    private static void assertIdentity(long lines, JsonNode accounting) {
        assertEquals(lines, accounting.get("read").asLong(), accounting::toString);
        assertEquals(
                lines,
                accounting.get("counted").asLong()
                        + accounting.get("dropped").asLong()
                        + accounting.get("evicted").asLong()
                        + accounting.get("rejected").asLong(),
                accounting::toString);
    }
}
