package dev.weir.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The tools for agents over HTTP, by the protocol's own client and by hand. */
@Timeout(300)
class McpIT {
    private static final int KINDS = 3_000;
    private static final int MOST_LINES = 20_000;

    @RegisterExtension
    static final SharedServer SHARED = new SharedServer();

    private static RunningServer weir;
    private static McpSyncClient client;

    @BeforeAll
    static void connect() throws Exception {
        weir = SHARED.weir();
        client = McpClient.sync(HttpClientStreamableHttpTransport.builder("http://127.0.0.1:" + weir.server.port())
                        .endpoint("/mcp")
                        .build())
                .requestTimeout(Duration.ofSeconds(90))
                .build();
        client.initialize();
        begin("mcp-good", "mcp-job");
        weir.post("/v1/runs/mcp-good/lines", "worker 1 started\nworker 2 started\nall done\n");
        weir.post("/v1/runs/mcp-good/end", "{\"exitCode\":0}");
        weir.counted("mcp-good", 3);
        begin("mcp-bad", "mcp-job");
        weir.post("/v1/runs/mcp-bad/lines", "worker 1 started\nworker 2 started\nERROR disk full on sda1\n");
        weir.post("/v1/runs/mcp-bad/end", "{\"exitCode\":3}");
        begin("mcp-hostile", "mcp-hostile-job");
        weir.post("/v1/runs/mcp-hostile/lines", String.join("\n", HostileLines.all()) + "\n");
        begin("mcp-big", "mcp-big-job");
        weir.post("/v1/runs/mcp-big/lines", big());
        weir.counted("mcp-bad", 3);
        weir.counted("mcp-hostile", HostileLines.all().size());
        weir.counted("mcp-big", MOST_LINES);
    }

    @AfterAll
    static void disconnect() {
        client.closeGracefully();
    }

    private static void begin(String run, String job) throws Exception {
        weir.post(
                "/v1/runs",
                "{\"run\":\"" + run + "\",\"job\":\"" + job + "\",\"title\":\"" + HostileLines.MARK + "\"}");
    }

    /** Some thousand shapes that no evidence merges, with long lines and errors between. */
    private static String big() {
        return IntStream.range(0, MOST_LINES)
                .mapToObj(i -> (i % 97 == 0 ? "ERROR " : "") + "module" + word(i % KINDS) + " says "
                        + word(i * 7 % KINDS + KINDS) + ' ' + word(i * 11 % KINDS + 2 * KINDS) + " after " + i + " ms"
                        + (i % 50 == 0 ? " " + "long ".repeat(200) : ""))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    /** A word of letters for each number. */
    private static String word(int number) {
        StringBuilder word = new StringBuilder();
        for (int left = number; left > 0; left /= 26) {
            word.append((char) ('a' + left % 26));
        }
        return word.append("ab".repeat(number % 7)).toString();
    }

    private static JsonNode call(String tool, Map<String, Object> arguments) {
        CallToolResult result = client.callTool(
                McpSchema.CallToolRequest.builder(tool).arguments(arguments).build());
        JsonNode fields = RunningServer.JSON.valueToTree(result.structuredContent());
        assertFalse(result.isError(), () -> tool + " " + arguments + ": " + result.content());
        HostileLines.assertOnlyInTheirFields(tool, fields);
        int budget = (int) arguments.getOrDefault("budget", 1_500);
        int size = bytes(fields) + text(result).length();
        assertTrue(size <= 4 * budget, () -> tool + " " + arguments + " answers " + size + " bytes: " + fields);
        assertFalse(text(result).contains(HostileLines.MARK), () -> text(result));
        return fields;
    }

    private static int bytes(JsonNode fields) {
        return fields.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
    }

    private static String text(CallToolResult result) {
        return ((McpSchema.TextContent) result.content().get(0)).text();
    }

    private static String refused(String tool, Map<String, Object> arguments) {
        CallToolResult result = client.callTool(
                McpSchema.CallToolRequest.builder(tool).arguments(arguments).build());
        assertTrue(result.isError(), () -> tool + " " + arguments + ": " + result);
        return text(result);
    }

    @Test
    void whatIsNotTheProtocolIsAProblemThatShowsNothingOfTheServersInside() throws Exception {
        HttpResponse<String> plain = weir.post("/mcp", "{", "Content-Type", "application/json");
        HttpResponse<String> malformed = weir.post(
                "/mcp", "{", "Content-Type", "application/json", "Accept", "application/json, text/event-stream");
        HttpResponse<String> typed = weir.post("/mcp", "x", "Content-Type", "text/plain");

        for (HttpResponse<String> answer : List.of(plain, malformed, typed)) {
            assertTrue(answer.statusCode() >= 400, answer.body());
            assertEquals(
                    "application/problem+json",
                    answer.headers().firstValue("Content-Type").orElseThrow(),
                    answer.body());
            assertTrue(answer.body().contains("\"code\":\"mcp-refused\""), answer.body());
            assertFalse(answer.body().contains("stackTrace"), answer.body());
        }
    }

    @Test
    void offersReadingOnlyUnlessAskedForMore() {
        List<McpSchema.Tool> tools = client.listTools().tools();

        assertEquals(
                List.of("list_runs", "snapshot", "expand", "search_lines", "diff_runs", "wait_for", "compact"),
                tools.stream().map(McpSchema.Tool::name).toList());
        for (McpSchema.Tool tool : tools) {
            assertTrue(tool.annotations().readOnlyHint(), tool::name);
            assertFalse(tool.outputSchema().isEmpty(), tool::name);
        }
    }

    @Test
    void answersWhatARunSays() {
        JsonNode snapshot = call("snapshot", Map.of("run", "mcp-bad", "budget", 400));

        assertEquals("failed", snapshot.at("/status").asText());
        assertEquals(3, snapshot.at("/exitCode").asInt());
        assertEquals(3, snapshot.at("/counts/read").asInt());
        assertTrue(snapshot.toString().contains("ERROR disk full on sda1"), snapshot::toString);
        JsonNode again = call(
                "snapshot",
                Map.of("run", "mcp-bad", "cursor", snapshot.get("nextCursor").asText()));
        assertTrue(again.at("/unchanged").asBoolean(), again::toString);
        assertFalse(again.at("/hints").isEmpty(), again::toString);
    }

    @Test
    void understandsTheWordsForRunsThatTheCommandLineHas() {
        assertEquals(
                "mcp-bad",
                call("snapshot", Map.of("run", "@mcp-job")).get("run").asText());
        assertEquals(
                "mcp-good",
                call("snapshot", Map.of("run", "@mcp-job~1")).get("run").asText());
        assertEquals(
                "mcp-hostile",
                call("snapshot", Map.of("run", "mcp-h")).get("run").asText());
        assertTrue(refused("snapshot", Map.of("run", "mcp-")).contains("give more of it"));
        assertTrue(refused("snapshot", Map.of("run", "nowhere")).contains("list_runs"));
    }

    @Test
    void leadsFromTemplatesToLinesAndPagesThroughThem() {
        JsonNode found = call("search_lines", Map.of("run", "mcp-big", "pattern", "says", "limit", 7, "budget", 4_000));
        JsonNode next = call(
                "search_lines",
                Map.of(
                        "run",
                        "mcp-big",
                        "pattern",
                        "says",
                        "limit",
                        7,
                        "budget",
                        4_000,
                        "cursor",
                        found.get("nextCursor").asText()));
        JsonNode around = call(
                "search_lines",
                Map.of("run", "mcp-big", "around", next.at("/lines/0/position").asText(), "limit", 1, "budget", 4_000));
        JsonNode expanded = call("expand", Map.of("run", "mcp-bad", "template", "0", "context", 1));

        assertEquals(7, found.at("/lines").size());
        assertTrue(found.get("truncated").asBoolean());
        assertTrue(next.at("/lines/0/untrustedText").asText().contains(" after 7 ms"), next::toString);
        assertTrue(around.toString().contains(" after 6 ms"), around::toString);
        assertEquals(2, expanded.at("/lines").size(), expanded::toString);
        assertEquals("worker 2 started", expanded.at("/lines/0/untrustedText").asText());
    }

    @Test
    void comparesWithTheLastGoodRun() {
        JsonNode diff = call("diff_runs", Map.of("run", "mcp-bad"));

        assertEquals("mcp-good", diff.get("against").asText());
        assertEquals("ERROR disk full on sda1", diff.at("/new/0/untrustedText").asText());
        assertEquals(1, diff.at("/totals/gone").asInt());
    }

    @Test
    void waitsAndGoesOnWithoutMissingWhatCameBetween() throws Exception {
        begin("mcp-live", "mcp-live-job");
        weir.post("/v1/runs/mcp-live/lines", "hello\n");
        weir.counted("mcp-live", 1);

        JsonNode nothing =
                call("wait_for", Map.of("run", "mcp-live", "until", List.of("match:found it"), "timeoutSeconds", 1));
        weir.post("/v1/runs/mcp-live/lines", "now found it\n");
        weir.counted("mcp-live", 2);
        JsonNode found = call(
                "wait_for",
                Map.of(
                        "run",
                        "mcp-live",
                        "until",
                        "match:found it",
                        "cursor",
                        nothing.get("nextCursor").asText()));
        JsonNode ended = call("wait_for", Map.of("run", "mcp-bad"));

        assertFalse(nothing.get("happened").asBoolean());
        assertEquals("match:found it", found.get("reason").asText());
        assertTrue(found.toString().contains("now found it"), found::toString);
        assertEquals(3, ended.get("exitCode").asInt());
    }

    @Test
    void keepsHostileLinesInTheirFieldsWhateverTool() {
        for (int budget : new int[] {200, 1_500, 10_000}) {
            call("list_runs", Map.of("budget", budget));
            JsonNode snapshot = call("snapshot", Map.of("run", "mcp-hostile", "budget", budget));
            assertTrue(snapshot.toString().contains(HostileLines.MARK), snapshot::toString);
            call("search_lines", Map.of("run", "mcp-hostile", "limit", 200, "budget", budget));
            call("diff_runs", Map.of("run", "mcp-hostile", "against", "mcp-good", "budget", budget));
            call("wait_for", Map.of("run", "mcp-hostile", "until", List.of("silence:1ms"), "budget", budget));
            call("compact", Map.of("text", String.join("\n", HostileLines.all()), "budget", budget));
        }
        for (int template = 0; template < 10; template++) {
            call("expand", Map.of("run", "mcp-hostile", "template", template, "context", 3));
        }
        String resource = ((McpSchema.TextResourceContents)
                        client.readResource(McpSchema.ReadResourceRequest.builder("weir://runs/mcp-hostile/snapshot")
                                        .build())
                                .contents()
                                .get(0))
                .text();
        HostileLines.assertOnlyInTheirFields("resource", tree(resource));
    }

    private static JsonNode tree(String json) {
        try {
            return RunningServer.JSON.readTree(json);
        } catch (java.io.IOException notJson) {
            throw new AssertionError(notJson);
        }
    }

    @Test
    void holdsItsBudgetOnABigRunAndSaysWhatItLeftOut() {
        for (int budget : new int[] {200, 300, 1_500, 6_000}) {
            JsonNode snapshot = call("snapshot", Map.of("run", "mcp-big", "budget", budget));
            assertTrue(snapshot.get("truncated").asBoolean(), snapshot::toString);
            long shown = 0;
            for (JsonNode template : snapshot.get("templates")) {
                shown += template.get("count").asLong();
            }
            assertEquals(MOST_LINES, shown + snapshot.at("/omitted/lines").asLong(), snapshot::toString);
            call("expand", Map.of("run", "mcp-big", "template", 1, "limit", 200, "context", 20, "budget", budget));
            call("search_lines", Map.of("run", "mcp-big", "limit", 200, "budget", budget));
            call("diff_runs", Map.of("run", "mcp-big", "against", "mcp-good", "limit", 100, "budget", budget));
            call("compact", Map.of("text", big(), "budget", budget));
        }
    }

    @Test
    void saysHowToRepairACall() {
        assertTrue(refused("snapshot", Map.of("rum", "x")).contains("use run, cursor, budget"));
        assertTrue(refused("snapshot", Map.of("budget", 50)).contains("from 200 to 10000"));
        assertTrue(refused("expand", Map.of()).contains("template is missing"));
        assertTrue(refused("wait_for", Map.of("run", "mcp-bad", "until", List.of("never")))
                .contains("use exit, error"));
        assertTrue(refused("search_lines", Map.of("run", "mcp-bad", "pattern", "/(/"))
                .contains("RE2"));
        assertTrue(refused("compact", Map.of("path", "/etc/passwd")).contains("no folder is open"));
    }

    @Test
    void speaksPlainJsonRpcAndRefusesForeignPages() throws Exception {
        String body = "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/call\","
                + "\"params\":{\"name\":\"snapshot\",\"arguments\":{\"run\":\"mcp-bad\"}}}";
        Map<String, String> headers = new HashMap<>(
                Map.of("Content-Type", "application/json", "Accept", "application/json, text/event-stream"));

        JsonNode answer = tree(post(body, headers).body());
        headers.put("Origin", "https://evil.example");
        HttpResponse<String> foreign = post(body, headers);

        assertEquals(7, answer.get("id").asInt());
        assertEquals("mcp-bad", answer.at("/result/structuredContent/run").asText());
        assertEquals(403, foreign.statusCode());
        assertEquals(405, weir.get("/mcp").statusCode());
    }

    private static HttpResponse<String> post(String body, Map<String, String> headers) throws Exception {
        return weir.post(
                "/mcp",
                body,
                headers.entrySet().stream()
                        .flatMap(header -> java.util.stream.Stream.of(header.getKey(), header.getValue()))
                        .toArray(String[]::new));
    }
}
