package dev.weir.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.embedded.Await;
import dev.weir.embedded.KafkaUnderTest;
import dev.weir.schemas.TopicAdmin;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;

/** A whole server in this process, over a real broker and real stores, and a client for it. */
final class RunningServer implements AutoCloseable {
    static final ObjectMapper JSON = new ObjectMapper();

    final WeirServer server;
    final HttpClient client = HttpClient.newHttpClient();
    private final Path state;

    RunningServer(KafkaUnderTest kafka, Path state, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(Map.of(
                "WEIR_HTTP_PORT", "0",
                "WEIR_STATE_DIR", state.toString(),
                "WEIR_BOOTSTRAP_SERVERS", kafka.bootstrapServers(),
                "WEIR_SCHEMA_REGISTRY_URL", "mock://query-api",
                "WEIR_TOPIC_PARTITIONS", "2"));
        all.putAll(settings);
        ServerConfig config = ServerConfig.from(all);
        try (Admin admin = kafka.admin()) {
            new TopicAdmin(admin, Duration.ofSeconds(30)).ensure(config.topics());
        }
        this.state = state;
        server = WeirServer.start(config);
    }

    RunningServer ready() {
        Await.until("the server is ready", () -> get("/readyz").statusCode() == 200);
        return this;
    }

    /** The folder that the server was given. */
    Path state() {
        return state;
    }

    HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri(path)), headers);
    }

    HttpResponse<String> post(String path, String body, String... headers) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri(path)).POST(HttpRequest.BodyPublishers.ofString(body)), headers);
    }

    HttpResponse<String> delete(String path, String... headers) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri(path)).DELETE(), headers);
    }

    private HttpResponse<String> send(HttpRequest.Builder request, String... headers)
            throws IOException, InterruptedException {
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    JsonNode json(String path) throws IOException, InterruptedException {
        return JSON.readTree(get(path).body());
    }

    /** What an NDJSON stream gives. */
    List<JsonNode> lines(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = get(path);
        if (answer.statusCode() != 200) {
            throw new AssertionError(path + ": " + answer.body());
        }
        return answer.body()
                .lines()
                .filter(line -> !line.isBlank())
                .map(RunningServer::parse)
                .toList();
    }

    static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException malformed) {
            throw new IllegalStateException(json, malformed);
        }
    }

    static String workers(int number) {
        return IntStream.range(0, number)
                .mapToObj(i -> "worker " + i + " started\n")
                .collect(Collectors.joining());
    }

    /** Waits until the run's templates hold so many lines. */
    void counted(String run, long lines) {
        Await.until(
                run + " counts " + lines,
                () -> json("/v1/runs/" + run).at("/accounting/counted").asLong() == lines);
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }

    @Override
    public void close() {
        server.close();
    }
}
