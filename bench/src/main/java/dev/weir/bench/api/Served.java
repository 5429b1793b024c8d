package dev.weir.bench.api;

import dev.weir.api.ServerConfig;
import dev.weir.api.WeirServer;
import dev.weir.embedded.BrokerOptions;
import dev.weir.embedded.EmbeddedBroker;
import dev.weir.schemas.TopicAdmin;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;

/** A broker and a server on a fresh directory in this process, and one JDK HttpClient for them. */
final class Served implements AutoCloseable {
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final EmbeddedBroker broker;
    private final WeirServer server;
    private final Map<String, String> cluster;

    private Served(EmbeddedBroker broker, WeirServer server, Map<String, String> cluster) {
        this.broker = broker;
        this.server = server;
        this.cluster = cluster;
    }

    /** With a registry of this process: enough for whoever speaks HTTP only. */
    static Served start() throws Exception {
        return start(Files.createTempDirectory("api-bench"), "mock://bench");
    }

    static Served start(Path directory, String registry) throws Exception {
        EmbeddedBroker broker = EmbeddedBroker.start(BrokerOptions.in(directory.resolve("kafka")));
        ServerConfig config = ServerConfig.from(Map.of(
                "WEIR_HTTP_PORT",
                "0",
                "WEIR_STATE_DIR",
                directory.resolve("weir").toString(),
                "WEIR_BOOTSTRAP_SERVERS",
                broker.bootstrapServers(),
                "WEIR_SCHEMA_REGISTRY_URL",
                registry));
        try (Admin admin = Admin.create(Map.copyOf(config.kafka()))) {
            new TopicAdmin(admin, Duration.ofSeconds(30)).ensure(config.topics());
        }
        Served served = new Served(
                broker,
                WeirServer.start(config),
                Map.of("WEIR_BOOTSTRAP_SERVERS", broker.bootstrapServers(), "WEIR_SCHEMA_REGISTRY_URL", registry));
        served.await("/readyz", "\"ready\":true");
        return served;
    }

    HttpClient client() {
        return client;
    }

    /** Where the cluster is, as a command reads it. */
    Map<String, String> cluster() {
        return cluster;
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }

    void await(String path, String wanted) throws IOException, InterruptedException {
        while (!get(path).contains(wanted)) {
            LockSupport.parkNanos(20_000_000);
        }
    }

    String get(String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(uri(path)).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    void post(String path, byte[] body) throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(uri(path))
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new IllegalStateException(path + ": " + answer.body());
        }
    }

    @Override
    public void close() {
        server.close();
        broker.close();
    }
}
