package dev.weir.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.weir.embedded.Await;
import dev.weir.schemas.CommandSeal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class HooksIT {
    private static final String SECRET = "a secret that nobody guesses";

    @RegisterExtension
    static final SharedServer shared = new SharedServer();

    private record Received(String path, String event, String delivery, String signature, byte[] body) {
        JsonNode json() throws Exception {
            return RunningServer.JSON.readTree(body);
        }
    }

    private static final ConcurrentLinkedQueue<Received> received = new ConcurrentLinkedQueue<>();
    private static RunningServer weir;
    private static HttpServer receiver;

    @BeforeAll
    static void start() throws Exception {
        weir = shared.weir();
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String path = exchange.getRequestURI().getPath();
            // The first try of each path finds the receiver down.
            boolean first = received.stream().noneMatch(one -> one.path().equals(path));
            received.add(new Received(
                    path,
                    exchange.getRequestHeaders().getFirst("Weir-Event"),
                    exchange.getRequestHeaders().getFirst("Weir-Delivery"),
                    exchange.getRequestHeaders().getFirst("Weir-Signature"),
                    body));
            exchange.sendResponseHeaders(first ? 503 : 204, -1);
            exchange.close();
        });
        receiver.start();
    }

    @AfterAll
    static void stop() {
        receiver.stop(0);
    }

    @Test
    void aFailedRunIsToldSignedAndAgainUntilItIsTaken() throws Exception {
        JsonNode hook = hook("/failed", "\"events\":[\"failed\"],\"job\":\"told\",\"allowPrivate\":true", 201);

        run("told-1", "told", "fine\n", 0);
        run("told-2", "told", "not fine\n", 3);
        run("told-3", "untold", "not fine\n", 3);
        Await.until(
                "it is taken", () -> deliveries(hook).at("/0/state").asText().equals("delivered"));

        List<Received> told = at("/failed");
        assertEquals(2, told.size());
        assertEquals(told.get(0).delivery(), told.get(1).delivery());
        JsonNode body = told.get(1).json();
        assertEquals("failed", body.get("event").asText());
        assertEquals("told-2", body.at("/run/id").asText());
        assertEquals(3, body.at("/run/exitCode").asInt());
        assertEquals(signature(told.get(1)), told.get(1).signature().replaceFirst(".*v1=", ""));
        assertEquals(2, deliveries(hook).at("/0/attempts").asInt());
        assertEquals(1, deliveries(hook).size());
        assertFalse(weir.get("/v1/hooks").body().contains(SECRET));
        assertEquals(204, weir.delete("/v1/hooks/" + hook.get("id").asText()).statusCode());
        assertEquals(404, weir.delete("/v1/hooks/" + hook.get("id").asText()).statusCode());
    }

    @Test
    void anErrorThatTheJobsLastGoodRunLackedIsTold() throws Exception {
        run("novel-1", "nightly-novel", "ERROR cache is cold\nworking\n", 0);
        hook("/novel", "\"events\":[\"novel-error\"],\"job\":\"nightly-novel\",\"allowPrivate\":true", 201);

        int[] tries = {0};
        // The good run becomes the baseline a moment after its end; a run that begins before that has none.
        Await.until("a run is compared with it", () -> comparedRun("novel-bad-" + tries[0]++));
        Await.until("it is told", () -> at("/novel").size() >= 2);

        JsonNode body = at("/novel").get(1).json();
        assertTrue(body.at("/run/id").asText().startsWith("novel-bad-"), body.toString());
        assertTrue(body.at("/template/text").asText().contains("disk full"), body.toString());
    }

    @Test
    void aPrivateAddressIsRefusedAtOnceUnlessTheHookMayCallIt() throws Exception {
        JsonNode refused = hook("/private", "\"events\":[\"completed\"],\"job\":\"inside\"", 400);

        String detail = refused.get("detail").asText();
        assertTrue(detail.startsWith("url is 'http://127.0.0.1:") && detail.contains("allowPrivate"), detail);
    }

    @Test
    void aCommandIsStartedWithTheEventOnItsStandardInputAndTriedAgainIfItFails(@TempDir Path folder) throws Exception {
        Path told = folder.resolve("told");
        List<String> command = List.of(
                "sh", "-c", "cat >> \"$0\"; echo $WEIR_RUN_ID; [ $(wc -l < \"$0\") -ge 2 ] || exit 7", told.toString());

        JsonNode hook = RunningServer.JSON.readTree(
                command(command, CommandSeal.asked(key(), command), 201).body());
        assertTrue(hook.get("secret") == null, hook.toString());
        run("commanded", "commanded", "not fine\n", 3);
        Await.until("it is done", () -> deliveries(hook).at("/0/state").asText().equals("delivered"));

        List<String> events = Files.readAllLines(told);
        assertEquals(2, events.size(), events.toString());
        assertEquals(
                "commanded",
                RunningServer.JSON.readTree(events.get(0)).at("/run/id").asText());
        assertEquals(2, deliveries(hook).at("/0/attempts").asInt());
        assertEquals(0, deliveries(hook).at("/0/exitCode").asInt(-1));
        weir.delete("/v1/hooks/" + hook.get("id").asText());
    }

    @Test
    void aCommandThatTheServersOwnerDidNotAskForIsRefused() throws Exception {
        List<String> command = List.of("touch", "/tmp/x");

        command(command, "", 403);
        command(command, CommandSeal.asked(key(), List.of("true")), 403);
        String detail = RunningServer.JSON
                .readTree(command(command, key(), 403).body())
                .get("detail")
                .asText();

        assertTrue(detail.contains("weir hook add --cmd"), detail);
    }

    private static String key() throws Exception {
        return Files.readString(weir.state().resolve(CommandSeal.FILE)).strip();
    }

    private static HttpResponse<String> command(List<String> command, String shown, int status) throws Exception {
        String body = "{\"events\":[\"failed\"],\"job\":\"commanded\",\"command\":"
                + RunningServer.JSON.writeValueAsString(command) + "}";
        HttpResponse<String> answer = weir.post("/v1/hooks", body, CommandSeal.HEADER, shown);
        assertEquals(status, answer.statusCode(), answer.body());
        return answer;
    }

    @Test
    void whatMakesNoSenseSaysWhatToSend() throws Exception {
        for (String url :
                new String[] {"ftp://example.org", "http://", "http://me:secret@example.org/", "file:///etc/passwd"}) {
            assertEquals(
                    400,
                    weir.post("/v1/hooks", "{\"url\":\"" + url + "\",\"events\":[\"failed\"]}")
                            .statusCode(),
                    url);
        }
        hook("/x", "\"events\":[\"dawn\"]", 400);
        hook("/x", "\"events\":[]", 400);
        hook("/x", "\"events\":[\"novel-error\"],\"labels\":{\"a\":\"b\"}", 400);
    }

    private static boolean comparedRun(String run) throws Exception {
        weir.post("/v1/runs", "{\"run\":\"" + run + "\",\"job\":\"nightly-novel\"}");
        weir.post("/v1/runs/" + run + "/lines", "ERROR cache is cold\nERROR disk full on sda1\n");
        weir.counted(run, 2);
        return weir.json("/v1/runs/" + run + "/snapshot").at("/templates/0").has("novel");
    }

    private static JsonNode hook(String path, String more, int status) throws Exception {
        String url = "http://127.0.0.1:" + receiver.getAddress().getPort() + path;
        HttpResponse<String> answer =
                weir.post("/v1/hooks", "{\"url\":\"" + url + "\",\"secret\":\"" + SECRET + "\"," + more + "}");
        assertEquals(status, answer.statusCode(), answer.body());
        return RunningServer.JSON.readTree(answer.body());
    }

    private static void run(String run, String job, String lines, int exitCode) throws Exception {
        weir.post("/v1/runs", "{\"run\":\"" + run + "\",\"job\":\"" + job + "\"}");
        weir.post("/v1/runs/" + run + "/lines", lines);
        weir.post("/v1/runs/" + run + "/end", "{\"exitCode\":" + exitCode + "}");
        Await.until(
                run + " is over",
                () -> weir.json("/v1/runs/" + run).path("exitCode").asInt(-1) == exitCode);
    }

    private static JsonNode deliveries(JsonNode hook) throws Exception {
        for (JsonNode one : weir.json("/v1/hooks").get("hooks")) {
            if (one.get("id").equals(hook.get("id"))) {
                return one.get("deliveries");
            }
        }
        throw new AssertionError("no such hook");
    }

    private static List<Received> at(String path) {
        return received.stream().filter(one -> one.path().equals(path)).toList();
    }

    private static String signature(Received told) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        String time = told.signature().replaceFirst("t=(\\d+),.*", "$1");
        mac.update((time + ".").getBytes(StandardCharsets.US_ASCII));
        return HexFormat.of().formatHex(mac.doFinal(told.body()));
    }
}
