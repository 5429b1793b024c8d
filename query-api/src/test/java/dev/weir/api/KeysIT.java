package dev.weir.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.api.http.Route;
import dev.weir.api.http.Scope;
import dev.weir.embedded.Await;
import dev.weir.embedded.KafkaUnderTest;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class KeysIT {
    private static final String RUN = "secret-run";

    @RegisterExtension
    static final KafkaUnderTest kafka = KafkaUnderTest.embedded();

    @TempDir
    static Path state;

    private static RunningServer weir;
    private static String admin;
    private static final Map<Scope, String> ours = new EnumMap<>(Scope.class);
    private static String theirs;

    @BeforeAll
    static void start() throws Exception {
        weir = new RunningServer(kafka, state, Map.of()).ready();
        admin = key("", "{\"scopes\":[\"admin\"]}");
        for (Scope scope : new Scope[] {Scope.READ, Scope.INGEST, Scope.WAKE, Scope.ADMIN}) {
            ours.put(scope, key(admin, "{\"tenant\":\"ours\",\"scopes\":[\"" + scope + "\"]}"));
        }
        theirs = key(admin, "{\"tenant\":\"theirs\",\"scopes\":[\"admin\"]}");
        assertEquals(
                200,
                post("/v1/runs/" + RUN + "/lines", "a secret\n", our(Scope.INGEST))
                        .statusCode());
        Await.until(
                "the run is there",
                () -> get("/v1/runs/" + RUN, our(Scope.READ)).statusCode() == 200);
    }

    @AfterAll
    static void stop() {
        weir.close();
    }

    /** Every route, and every way of not being allowed to use it. */
    @TestFactory
    Stream<DynamicTest> everyRouteRefusesWhoeverMayNot() {
        return weir.server.routes().stream()
                .filter(route -> route.scope() != Scope.OPEN)
                .map(route -> DynamicTest.dynamicTest(
                        route.scope() + " " + route.method() + " " + route.path(), () -> refuses(route)));
    }

    private static void refuses(Route route) throws Exception {
        String path = route.path()
                .replace("{run}", RUN)
                .replace("{id}", "0")
                .replace("{source}", "stdout")
                .replace("{wake}", "w");
        assertEquals(401, send(route, path, null).statusCode(), "no key");
        assertEquals(401, send(route, path, "nonsense").statusCode(), "bad key");
        assertEquals(401, send(route, path, mistyped(admin)).statusCode(), "mistyped key");
        for (Map.Entry<Scope, String> key : ours.entrySet()) {
            boolean may = route.scope() == Scope.ANY || key.getKey() == Scope.ADMIN || key.getKey() == route.scope();
            if (!may) {
                assertEquals(
                        403,
                        send(route, path, key.getValue()).statusCode(),
                        key.getKey().name());
            }
        }
        if (route.path().contains("{run}") && route.scope() != Scope.INGEST) {
            HttpResponse<String> foreign = send(route, path, theirs);
            HttpResponse<String> absent = send(route, path.replace(RUN, "absent-run"), theirs);
            assertEquals(404, foreign.statusCode(), foreign.body());
            assertEquals(absent.body().replace("absent-run", RUN), foreign.body());
        }
    }

    @Test
    void anotherTenantsLinesGoToARunOfItsOwn() throws Exception {
        assertEquals(
                200,
                post("/v1/runs/shared-name/lines", "a secret\n", our(Scope.INGEST))
                        .statusCode());
        Await.until(
                "ours is there",
                () -> get("/v1/runs/shared-name", our(Scope.READ)).statusCode() == 200);
        assertEquals(200, post("/v1/runs/shared-name/lines", "theirs\n", theirs).statusCode());
        Await.until("theirs is there", () -> get("/v1/runs/shared-name", theirs).statusCode() == 200);

        String snapshot = get("/v1/runs/shared-name/snapshot", our(Scope.READ)).body();

        assertTrue(snapshot.contains("a secret") && !snapshot.contains("theirs"), snapshot);
        assertFalse(get("/v1/runs/shared-name/lines", theirs).body().contains("secret\""));
    }

    @Test
    void aRevokedKeyOpensNothingAndIsNotForgotten() throws Exception {
        String key = key(admin, "{\"tenant\":\"ours\",\"scopes\":[\"read\"],\"name\":\"lost laptop\"}");
        String id = key.substring(5, 15);
        assertEquals(200, get("/v1/runs", key).statusCode());

        HttpResponse<String> revoked = weir.delete("/v1/keys/" + id, "Authorization", "Bearer " + admin);

        assertEquals(204, revoked.statusCode(), revoked.body());
        assertEquals(401, get("/v1/runs", key).statusCode());
        String list = get("/v1/keys", admin).body();
        assertTrue(list.contains("lost laptop") && list.contains("revokedAt"), list);
        assertFalse(list.contains(key.substring(16)), "the list holds a key");
        assertEquals(
                404,
                weir.delete("/v1/keys/" + id, "Authorization", "Bearer " + theirs)
                        .statusCode());
    }

    @Test
    void keysOutliveTheServerAndReachOthers() throws Exception {
        try (RunningServer other =
                new RunningServer(kafka, state.resolve("other"), Map.of("WEIR_APPLICATION_ID", "another"))) {
            assertEquals(401, other.get("/v1/runs").statusCode());
            assertEquals(
                    200,
                    other.get("/v1/runs", "Authorization", "Bearer " + our(Scope.READ))
                            .statusCode());
            String late = key(admin, "{\"tenant\":\"ours\",\"scopes\":[\"read\"]}");
            Await.until(
                    "the other server knows the new key",
                    () -> other.get("/v1/runs", "Authorization", "Bearer " + late)
                                    .statusCode()
                            == 200);
        }
    }

    @Test
    void aTicketStandsForItsKeyInAUrl() throws Exception {
        JsonNode answer = RunningServer.JSON.readTree(
                post("/v1/tickets", "", our(Scope.READ)).body());
        String ticket = answer.get("ticket").asText();

        assertEquals(
                200, weir.get("/v1/runs/" + RUN + "/lines?ticket=" + ticket).statusCode());
        assertEquals(
                401,
                weir.get("/v1/runs/" + RUN + "/lines?ticket=" + ticket.replaceFirst("\\.\\d", ".9"))
                        .statusCode());
        assertEquals(
                401,
                weir.get("/v1/runs/" + RUN + "?ticket=" + ticket).statusCode(),
                "only where no header can be sent");
    }

    @Test
    void aServerForEverybodyNeedsAKey() throws Exception {
        Map<String, String> settings =
                Map.of("WEIR_HTTP_HOST", "0.0.0.0", "WEIR_TOPIC_PREFIX", "open", "WEIR_APPLICATION_ID", "open");

        String said = String.valueOf(assertThrows(
                        IllegalStateException.class, () -> new RunningServer(kafka, state.resolve("open"), settings))
                .getMessage());

        assertTrue(said.startsWith("WEIR_HTTP_HOST is '0.0.0.0' and there are no keys"), said);
    }

    private static String our(Scope scope) {
        return ours.getOrDefault(scope, "");
    }

    private static String key(String by, String body) throws Exception {
        HttpResponse<String> answer = post("/v1/keys", body, by);
        assertEquals(201, answer.statusCode(), answer.body());
        return RunningServer.JSON.readTree(answer.body()).get("key").asText();
    }

    /** One wrong digit: the checksum tells. */
    private static String mistyped(String key) {
        char last = key.charAt(key.length() - 1);
        return key.substring(0, key.length() - 1) + (last == '0' ? '1' : '0');
    }

    private static HttpResponse<String> get(String path, String key) throws Exception {
        return weir.get(path, "Authorization", "Bearer " + key);
    }

    private static HttpResponse<String> post(String path, String body, String key) throws Exception {
        return key.isEmpty() ? weir.post(path, body) : weir.post(path, body, "Authorization", "Bearer " + key);
    }

    private static HttpResponse<String> send(Route route, String path, @Nullable String key) throws Exception {
        String query = route.path().endsWith("/wait") ? "?until=exit&timeout=10ms" : "";
        HttpRequest.Builder request = HttpRequest.newBuilder(weir.uri(path + query))
                .method(route.method().name(), HttpRequest.BodyPublishers.noBody());
        if (key != null) {
            request.header("Authorization", "Bearer " + key);
        }
        return weir.client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
