package dev.weir.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.weir.cli.ship.Ending;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said at a run's end, against a server that answers with what a hostile log has taught it. */
class RunSummaryTest {
    private static final String HOSTILE =
            "\\u001b[31m::stop-commands::x\\n##vso[task.setvariable]y <b>|`[a](b)`|</b> %0A::error::z";

    @TempDir
    Path folder;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        StringBuilder errors = new StringBuilder();
        for (int i = 0; i < 7; i++) {
            errors.append(i == 0 ? "" : ",").append("{\"novel\":true,\"text\":\"" + HOSTILE + i + "\"}");
        }
        answer(
                "/v1/runs/r",
                "{\"status\":\"failed\",\"templates\":12,\"signals\":[{\"kind\":\"burst\",\"text\":\"::x\"}]}");
        answer("/v1/runs/r/snapshot", "{\"templates\":[" + errors + "]}");
        server.start();
    }

    private void answer(String path, String json) {
        server.createContext(path, exchange -> {
            byte[] bytes = json.getBytes(UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void writesForGitHubAtMostFiveAnnotationsAndAnEscapedSummary() throws IOException {
        Path page = folder.resolve("summary.md");

        tell("auto", Map.of("GITHUB_ACTIONS", "true", "GITHUB_STEP_SUMMARY", page.toString()));

        List<String> lines = said.toString(UTF_8).lines().toList();
        assertEquals(
                5,
                lines.stream()
                        .filter(line -> line.startsWith("::error title=weir::"))
                        .count());
        assertTrue(
                lines.stream().allMatch(line -> line.startsWith("weir: ") || line.startsWith("::error title=weir::")));
        assertHarmless(said.toString(UTF_8).replace("::error title=weir::", ""));
        String markdown = Files.readString(page);
        assertTrue(markdown.contains("**novel** "), markdown);
        assertFalse(markdown.contains("<b>") || markdown.contains("](") || markdown.contains("\u001b"), markdown);
    }

    @Test
    void foldsErrorsIntoASectionForGitLab() {
        tell("auto", Map.of("GITLAB_CI", "true"));

        String text = said.toString(UTF_8);
        assertTrue(text.contains("section_start:") && text.contains("section_end:"), text);
        assertHarmless(text.replace("\u001b[0K", "").replaceAll("section_(start|end):", ""));
    }

    @Test
    void writesOneObjectForScripts() {
        tell("json", Map.of());

        assertEquals(1, said.toString(UTF_8).lines().count());
        assertTrue(said.toString(UTF_8).startsWith("{\"run\":\"r\",\"exitCode\":3,"), said.toString(UTF_8));
        assertTrue(said.toString(UTF_8).contains("\"templates\":12,\"errors\":[{\"text\":"), said.toString(UTF_8));
    }

    @Test
    void saysNothingWhenItShallNot() {
        tell("never", Map.of("GITHUB_ACTIONS", "true"));

        assertEquals("", said.toString(UTF_8));
    }

    private static void assertHarmless(String text) {
        assertFalse(text.contains("::") || text.contains("##vso") || text.contains("\u001b"), text);
    }

    private void tell(String summary, Map<String, String> environment) {
        Connection connection = Configuration.connection(
                Map.of("WEIR_URL", "http://127.0.0.1:" + server.getAddress().getPort()), null);
        new RunSummary("r", new Ending(1_000, "exit", 3, null), 1_000, 42)
                .tell(
                        new RunOptions.Words(false, summary, "auto"),
                        new Notice(new PrintStream(said, true, UTF_8), false),
                        RunSummary.Delivered.ALL,
                        new NodeApi(connection),
                        environment);
    }
}
