package dev.weir.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.embedded.Await;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A node with runs to look at: commands that the launcher wrapped, and lines that came over HTTP. */
final class WebNode implements AutoCloseable {
    /** Six hundred lines of an orders service, with errors and their traces if {@code $1} says so. */
    private static final String SERVICE = "i=0; while [ $i -lt 300 ]; do i=$((i+1));"
            + " echo \"INFO  orders.Service order $((i*37)) accepted from customer c-$((i%50)) in $((i%90)) ms\";"
            + " [ $((i%3)) = 0 ] && echo \"WARN  cache.Pool miss ratio 0.$((i%89)) above target for shard $((i%5))\";"
            + " [ $((i%7)) = 0 ] && printf 'INFO  build.Step \\033[1;32mcompiled\\033[0m module core-%s\\n' $((i%9));"
            + " [ $1 = bad ] && [ $((i%60)) = 0 ] && sleep 0.1 && printf 'ERROR payments.Gateway payment of order %s failed:"
            + " connection refused\\njava.net.ConnectException: refused\\n\\tat payments.Gateway.open(Gateway.java:88)\\n' $i >&2 && sleep 0.1;"
            + " true; done; [ $1 = good ]";

    private final HttpClient client = HttpClient.newHttpClient();
    private final ObjectMapper mapper = new ObjectMapper();
    private final Launcher weir;
    private final String base;

    WebNode(Path home) {
        weir = new Launcher(Path.of("target", "dist", "bin", "weir"), home);
        base = "http://127.0.0.1:" + weir.environment().get("WEIR_HTTP_PORT");
    }

    String base() {
        return base;
    }

    int port() {
        return URI.create(base).getPort();
    }

    /** Runs the service under weir; {@code good} ends well. */
    void wrap(String run, String how) {
        Launcher.Result result = weir.run(
                "run",
                "--run-id",
                run,
                "--job",
                "orders",
                "--title",
                "Orders service",
                "-q",
                "--linger",
                "10m",
                "--",
                "sh",
                "-c",
                SERVICE,
                "sh",
                how);
        assertEquals(how.equals("good") ? 0 : 1, result.code(), result::errors);
    }

    /** What a run is compared with is settled when it starts: waits until a run that starts now has something. */
    void awaitBaseline() {
        AtomicInteger tries = new AtomicInteger();
        Await.until(
                "a run that starts now knows the last good one",
                Duration.ofMinutes(3),
                () -> isNovel("probe-" + tries.incrementAndGet()));
    }

    private boolean isNovel(String run) throws Exception {
        post("/v1/runs", "{\"run\":\"" + run + "\",\"job\":\"orders\"}");
        post("/v1/runs/" + run + "/lines", "something else\n");
        Await.until(run + " is counted", () -> !template(run).isMissingNode());
        return template(run).path("novel").asBoolean();
    }

    private JsonNode template(String run) {
        return json("/v1/runs/" + run + "/snapshot").at("/templates/0");
    }

    /** Brings numbered lines. */
    void ship(String run, int from, int to) throws IOException, InterruptedException {
        String lines = IntStream.range(from, to)
                .mapToObj(number -> "line " + number + " of the count")
                .collect(Collectors.joining("\n", "", "\n"));
        post("/v1/runs/" + run + "/lines?source=stdout&seq=" + from, lines);
    }

    /** Eight lines that mean no good. */
    static byte[] hostile() throws IOException {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        lines.write(
                ("<script>alert(1)</script>\n\"'><img src=x onerror=alert(1)>\n\u001b]0;title\u0007\u001b[2Jcleared \u001b[31mred\n"
                                + "nul \u0000 bell \u0007 back\rspace\nuser \u202eevil\u202c end \u2066x\u2069 zero\u200bwidth\n"
                                + "{{7*7}} ${jndi:ldap://x} javascript:alert(1)\n" + "long ".repeat(8_000)
                                + "\ninvalid ")
                        .getBytes(StandardCharsets.UTF_8));
        lines.write(new byte[] {(byte) 0xff, (byte) 0xc3, '\n'});
        return lines.toByteArray();
    }

    JsonNode post(String path, String body) throws IOException, InterruptedException {
        return post(path, body.getBytes(StandardCharsets.UTF_8));
    }

    JsonNode post(String path, byte[] body) throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(URI.create(base + path))
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertTrue(answer.statusCode() < 300, answer::body);
        return mapper.readTree(answer.body());
    }

    JsonNode json(String path) {
        try {
            return mapper.readTree(client.send(
                            HttpRequest.newBuilder(URI.create(base + path)).build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body());
        } catch (IOException | InterruptedException failed) {
            throw new AssertionError(failed);
        }
    }

    @Override
    public void close() {
        weir.run("down");
    }
}
