package dev.weir.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.schemas.RunState;
import dev.weir.topology.Placement;
import dev.weir.topology.Reading;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EdgeHttpTest {
    private static final Harness weir = new Harness();

    @BeforeEach
    void empty() {
        weir.reset();
    }

    @AfterAll
    static void stop() {
        weir.close();
    }

    @Test
    void saysWhereTheClusterIs() throws Exception {
        JsonNode node = weir.json("/v1/node");

        assertEquals("127.0.0.1:1", node.get("bootstrapServers").asText());
        assertEquals("weir.lines", node.at("/topics/lines").asText());
        assertEquals("weir.dead-letters", node.at("/topics/deadLetters").asText());
        assertEquals(4, node.get("partitions").asInt());
    }

    @Test
    void isLiveBeforeItIsReady() throws Exception {
        weir.runs.place(new Placement(2, Map.of(), Set.of(), Map.of(1, 41)));

        assertEquals(200, weir.get("/livez").statusCode());
        HttpResponse<String> ready = weir.get("/readyz");
        assertEquals(503, ready.statusCode());
        assertTrue(ready.body().contains("\"percent\":41"), ready.body());
        assertEquals("2", ready.headers().firstValue("Retry-After").orElseThrow());
    }

    @Test
    void isNotReadyWhileAPartitionOfItsOwnIsNotOpen() throws Exception {
        Placement.Server self = new Placement.Server("127.0.0.1", 1);
        weir.runs.place(new Placement(2, Map.of(0, self, 1, self), Set.of(0), Map.of()));
        HttpResponse<String> opening = weir.get("/readyz");
        weir.runs.place(new Placement(2, Map.of(0, self, 1, new Placement.Server("b", 2)), Set.of(0), Map.of()));

        assertEquals(503, opening.statusCode(), opening.body());
        assertEquals(200, weir.get("/readyz").statusCode());
    }

    @Test
    void countsRequestsAndShowsTheTopologysMeters() throws Exception {
        weir.get("/v1/runs/absent");
        // What a registry refers to weakly is gone now.
        System.gc();

        String metrics = weir.get("/metrics").body();

        assertTrue(metrics.contains("weir_lines_read_lines_total 7.0"), metrics);
        assertTrue(metrics.contains("route=\"/v1/runs/{run}\",status=\"404\""), metrics);
    }

    @Test
    void anAbsentRunIsAProblemThatNamesIt() throws Exception {
        HttpResponse<String> answer = weir.get("/v1/runs/no-such");

        assertEquals(404, answer.statusCode());
        assertEquals(
                "application/problem+json",
                answer.headers().firstValue("Content-Type").orElseThrow());
        JsonNode problem = new ObjectMapper().readTree(answer.body());
        assertEquals("run-not-found", problem.get("code").asText());
        assertEquals("no-such", problem.get("run").asText());
        assertEquals(404, problem.get("status").asInt());
    }

    @Test
    void aRunWhoseStoreIsBeingReadBackSaysHowFar() throws Exception {
        weir.runs.put("default", "run-1", new Reading.Restoring<>(41));

        HttpResponse<String> answer = weir.get("/v1/runs/run-1");

        assertEquals(503, answer.statusCode());
        assertTrue(answer.body().contains("\"percent\":41"), answer.body());
    }

    @Test
    void anUnknownParameterNamesTheNearestRightOne() throws Exception {
        HttpResponse<String> answer = weir.get("/v1/runs/run-1/snapshot?bugdet=500");

        assertEquals(400, answer.statusCode());
        assertTrue(answer.body().contains("did you mean 'budget'?"), answer.body());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=0",
                "limit=many",
                "window=soon",
                "format=xml",
                "sort=best",
                "level=loud",
                "q=/(/",
                "from=yesterday",
                "budget=99",
                "mode=some",
                "limit=1&limit=2",
                "from=1m&to=5m",
                "from=5m&window=5m",
                "cursor=AAAA&to=5m"
            })
    void aBadValueSaysWhatToUse(String parameter) throws Exception {
        weir.runs.put(Views.run("default", "run-1", 5, RunState.RUNNING));

        HttpResponse<String> answer = weir.get("/v1/runs/run-1/snapshot?" + parameter);

        assertEquals(400, answer.statusCode(), answer.body());
        assertTrue(answer.body().contains("\"code\":\"bad-parameter\""), answer.body());
    }

    @Test
    void aForeignHostOrOriginIsRefused() throws Exception {
        String foreignHost = raw("GET /v1/runs HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n");

        assertTrue(foreignHost.startsWith("HTTP/1.1 403 "), foreignHost);
        assertEquals(403, weir.get("/v1/runs", "Origin", "https://evil.example").statusCode());
        assertEquals(403, weir.get("/v1/runs", "Origin", "null").statusCode());
    }

    @Test
    void everyAnswerCarriesSecurityHeadersAndNoneAllowsOtherSites() throws Exception {
        for (String path : new String[] {"/livez", "/nowhere", "/v1/runs/absent", "/v1/runs"}) {
            HttpResponse<String> answer = weir.get(path);

            assertEquals(
                    "nosniff",
                    answer.headers().firstValue("X-Content-Type-Options").orElseThrow(),
                    path);
            assertTrue(answer.headers().firstValue("Content-Security-Policy").isPresent(), path);
            assertFalse(
                    answer.headers().firstValue("Access-Control-Allow-Origin").isPresent(), path);
            assertFalse(answer.headers().firstValue("Set-Cookie").isPresent(), path);
            assertFalse(answer.headers().firstValue("Server").isPresent(), path);
        }
    }

    @Test
    void aPathThatIsNotThereAndAMethodThatItDoesNotTakeAreProblems() throws Exception {
        assertTrue(weir.get("/v2/runs").body().contains("\"code\":\"no-such-route\""));
        String posted =
                raw("POST /v1/node HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        assertTrue(posted.startsWith("HTTP/1.1 405 "), posted);
        assertTrue(posted.contains("Allow: GET, HEAD"), posted);
    }

    @Test
    void malformedHttpGetsAProblemWithoutAWordOfTheServersMake() throws Exception {
        String answer = raw("GET\r\n\r\n");

        assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
        assertFalse(answer.toLowerCase(java.util.Locale.ROOT).contains("jetty"), answer);
    }

    @Test
    void listsRunsNewestFirstInPages() throws Exception {
        for (int i = 1; i <= 5; i++) {
            weir.runs.put(Views.run("default", "run-" + i, i, i == 3 ? RunState.FAILED : RunState.COMPLETED));
        }
        weir.runs.put(Views.run("other", "theirs", 9, RunState.RUNNING));

        JsonNode first = weir.json("/v1/runs?limit=3");
        JsonNode second =
                weir.json("/v1/runs?limit=3&cursor=" + first.get("cursor").asText());

        assertEquals("run-5 run-4 run-3", ids(first));
        assertEquals("run-2 run-1", ids(second));
        assertFalse(second.has("cursor"));
        assertTrue(first.get("complete").asBoolean());
        assertEquals("run-3", ids(weir.json("/v1/runs?status=failed")));
        assertEquals("", ids(weir.json("/v1/runs?job=other")));
        assertEquals(5, weir.json("/v1/runs?label=team=a&job=build").get("runs").size());
    }

    @Test
    void saysWhichPartitionsDidNotAnswer() throws Exception {
        weir.runs.place(new Placement(3, Map.of(), Set.of(1), Map.of()));

        JsonNode list = weir.json("/v1/runs");

        assertFalse(list.get("complete").asBoolean());
        assertEquals("[0,2]", list.get("unansweredPartitions").toString());
    }

    private static String ids(JsonNode list) {
        StringBuilder ids = new StringBuilder();
        list.get("runs").forEach(run -> ids.append(' ').append(run.get("id").asText()));
        return ids.toString().strip();
    }

    private String raw(String request) throws IOException {
        return new RawHttp(weir.port()).send(request);
    }
}
