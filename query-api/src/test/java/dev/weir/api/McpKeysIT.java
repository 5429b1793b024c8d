package dev.weir.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.embedded.Await;
import dev.weir.embedded.KafkaUnderTest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The tools for agents where keys say who may do what, as plain JSON-RPC. */
@Timeout(300)
class McpKeysIT {
    @RegisterExtension
    static final KafkaUnderTest kafka = KafkaUnderTest.embedded();

    @TempDir
    static Path state;

    private static RunningServer weir;
    private static String reader;
    private static String waker;
    private static String stranger;

    @BeforeAll
    static void start() throws Exception {
        weir = new RunningServer(kafka, state, Map.of("WEIR_MCP_WAKE", "true")).ready();
        String admin = key("", "{\"scopes\":[\"admin\"]}");
        reader = key(admin, "{\"tenant\":\"ours\",\"scopes\":[\"read\"]}");
        waker = key(admin, "{\"tenant\":\"ours\",\"scopes\":[\"read\",\"wake\"]}");
        stranger = key(admin, "{\"tenant\":\"theirs\",\"scopes\":[\"read\",\"wake\"]}");
        String sender = key(admin, "{\"tenant\":\"ours\",\"scopes\":[\"ingest\"]}");
        weir.post("/v1/runs/ours-1/lines", "ERROR disk full\n", "Authorization", "Bearer " + sender);
        Await.until("the run is there", () -> get("/v1/runs/ours-1", reader).statusCode() == 200);
    }

    @AfterAll
    static void stop() {
        weir.close();
    }

    @Test
    void offersTheWakeButNeverToStartCommands() throws Exception {
        List<String> tools =
                ask(reader, "tools/list", Map.of()).at("/result/tools").findValuesAsText("name");

        assertTrue(tools.contains("wake"), tools.toString());
        assertFalse(tools.contains("run"), tools.toString());
    }

    @Test
    void aWakeNeedsAKeyWithItsScope() throws Exception {
        Map<String, Object> wake = Map.of(
                "name", "wake", "arguments", Map.of("run", "ours-1", "message", "look", "when", "now", "delay", "1h"));

        JsonNode refused = ask(reader, "tools/call", wake);
        int before = queue();
        JsonNode queued = ask(waker, "tools/call", wake);

        assertTrue(refused.at("/result/isError").asBoolean(), refused::toString);
        assertTrue(refused.toString().contains("scope"), refused::toString);
        assertEquals(0, before);
        assertFalse(queued.at("/result/isError").asBoolean(), queued::toString);
        assertEquals("ours-1", queued.at("/result/structuredContent/run").asText(), queued::toString);
        assertEquals(1, queue());
    }

    @Test
    void anotherTenantsAgentSeesNothing() throws Exception {
        JsonNode runs = ask(stranger, "tools/call", Map.of("name", "list_runs", "arguments", Map.of()));
        JsonNode snapshot =
                ask(stranger, "tools/call", Map.of("name", "snapshot", "arguments", Map.of("run", "ours-1")));
        JsonNode resource = ask(stranger, "resources/read", Map.of("uri", "weir://runs/ours-1/snapshot"));

        assertEquals(0, runs.at("/result/structuredContent/runs").size(), runs::toString);
        assertTrue(snapshot.at("/result/isError").asBoolean(), snapshot::toString);
        for (JsonNode answer : List.of(runs, snapshot, resource)) {
            assertFalse(answer.toString().contains("disk full"), answer::toString);
        }
        JsonNode own = ask(reader, "resources/read", Map.of("uri", "weir://runs/ours-1/snapshot"));
        assertTrue(own.at("/result/contents/0/text").asText().contains("disk full"), own::toString);
    }

    @Test
    void namesItsResourceByATemplate() throws Exception {
        JsonNode templates = ask(reader, "resources/templates/list", Map.of());

        assertEquals(
                "weir://runs/{run}/snapshot",
                templates.at("/result/resourceTemplates/0/uriTemplate").asText(),
                templates::toString);
    }

    @Test
    void isShutWithoutAKeyAndToForeignHosts() throws Exception {
        String body = rpc("tools/list", Map.of()).toString();
        String fields =
                "Content-Type: application/json\r\nAccept: application/json, text/event-stream\r\nContent-Length: "
                        + body.length() + "\r\nConnection: close\r\n\r\n";

        String foreign = new RawHttp(weir.server.port())
                .send("POST /mcp HTTP/1.1\r\nHost: evil.example\r\nAuthorization: Bearer " + reader + "\r\n" + fields
                        + body);

        assertEquals(
                401, weir.post("/mcp", body, "Content-Type", "application/json").statusCode());
        assertTrue(foreign.startsWith("HTTP/1.1 403 "), foreign);
    }

    private static int queue() throws Exception {
        return RunningServer.JSON
                .readTree(get("/v1/runs/ours-1/queue", waker).body())
                .at("/wakes")
                .size();
    }

    private static JsonNode ask(String key, String method, Map<String, Object> parameters) throws Exception {
        HttpResponse<String> answer = weir.post(
                "/mcp",
                rpc(method, parameters).toString(),
                "Content-Type",
                "application/json",
                "Accept",
                "application/json, text/event-stream",
                "Authorization",
                "Bearer " + key);
        assertEquals(200, answer.statusCode(), answer.body());
        return RunningServer.JSON.readTree(answer.body());
    }

    private static ObjectNode rpc(String method, Map<String, Object> parameters) {
        ObjectNode body = RunningServer.JSON
                .createObjectNode()
                .put("jsonrpc", "2.0")
                .put("id", 1)
                .put("method", method);
        body.set("params", RunningServer.JSON.valueToTree(parameters));
        return body;
    }

    private static String key(String admin, String body) throws Exception {
        HttpResponse<String> answer = admin.isEmpty()
                ? weir.post("/v1/keys", body)
                : weir.post("/v1/keys", body, "Authorization", "Bearer " + admin);
        return RunningServer.JSON.readTree(answer.body()).get("key").asText();
    }

    private static HttpResponse<String> get(String path, String key) throws Exception {
        return weir.get(path, "Authorization", "Bearer " + key);
    }
}
