package dev.weir.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.api.http.Call;
import dev.weir.api.http.HttpServer;
import dev.weir.api.http.Requests;
import dev.weir.api.http.Route;
import dev.weir.api.http.Streams;
import dev.weir.api.ingest.CompactRoute;
import dev.weir.api.runs.DiffRoute;
import dev.weir.api.runs.HeldElsewhere;
import dev.weir.api.runs.RawLines;
import dev.weir.api.runs.RunLookup;
import dev.weir.api.runs.RunRoutes;
import dev.weir.api.runs.Snapshots;
import dev.weir.api.runs.Waiting;
import dev.weir.compact.Excerpt;
import dev.weir.drain.Level;
import dev.weir.topology.Meter;
import dev.weir.topology.Placement;
import dev.weir.topology.RunView;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A server on a free port over stores that a test fills, and a client for it. */
public final class Harness implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    public final FakeRuns runs = new FakeRuns();
    private final Streams streams = new Streams(20);
    private final HttpServer server;
    private final HttpClient client = HttpClient.newHttpClient();
    private volatile long now = Views.NOON + 30_000;

    public Harness() {
        this(Map.of());
    }

    public Harness(Map<String, String> settings) {
        ServerConfig config = config(settings);
        PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        WeirServer.bind(new Meter("weir.lines.read", "lines", "Lines read", true, () -> 7), meters);
        RunLookup lookup = new RunLookup(runs);
        Snapshots snapshots = new Snapshots(lookup, new NoLines(), config.snapshots());
        List<Route> routes = new ArrayList<>(
                new NodeRoutes(config, runs, meters, () -> Optional.of(new Placement.Server("127.0.0.1", 1))).all());
        Waiting waiting = new Waiting(
                lookup, snapshots, (tenant, run, after, pattern, found) -> () -> {}, () -> now, streams::isStopped);
        routes.addAll(
                new RunRoutes(lookup, snapshots, waiting, streams, (call, placement) -> List.of(), clock()).all());
        routes.addAll(new DiffRoute(lookup, new NoPeers()).all());
        routes.add(new CompactRoute(clock(), config.http().bodyBytes()).route());
        server = HttpServer.start(config.http(), new Anybody(), routes, new Requests(meters), List.of());
    }

    static ServerConfig config(Map<String, String> settings) {
        Map<String, String> all = new java.util.HashMap<>(Map.of(
                "WEIR_HTTP_PORT", "0",
                "WEIR_QUIET_AFTER", "60s",
                "WEIR_BOOTSTRAP_SERVERS", "127.0.0.1:1",
                "WEIR_SCHEMA_REGISTRY_URL", "http://127.0.0.1:1/apis/ccompat/v7"));
        all.putAll(settings);
        return ServerConfig.from(all);
    }

    /** As new, for the next test. */
    public void reset() {
        runs.clear();
        now = Views.NOON + 30_000;
    }

    public void setNow(long millis) {
        now = millis;
    }

    public HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    public JsonNode json(String path) throws IOException, InterruptedException {
        return JSON.readTree(get(path).body());
    }

    public URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }

    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        streams.close();
        server.close();
    }

    private Clock clock() {
        return new Clock() {
            @Override
            public ZoneOffset getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return Instant.ofEpochMilli(now);
            }
        };
    }

    private static final class NoPeers implements DiffRoute.Peers {
        @Override
        public JsonNode get(Call call, HeldElsewhere holder, String path) {
            throw holder;
        }

        @Override
        public List<JsonNode> getAll(Call call, String path) {
            return List.of();
        }
    }

    private static final class NoLines implements RawLines {
        @Override
        public Optional<List<String>> all(RunView view, Wanted wanted, int mostBytes) {
            return Optional.empty();
        }

        @Override
        public Excerpt evidence(RunView view, Wanted wanted) {
            byte[] line = ("ERROR of " + view.run()).getBytes(StandardCharsets.UTF_8);
            Excerpt excerpt = new Excerpt();
            excerpt.line(line, 0, line.length, Level.ERROR, true, -1);
            return excerpt;
        }

        @Override
        public List<String> tail(RunView view, Wanted wanted, int most) {
            return List.of("the last line of " + view.run());
        }

        @Override
        public Optional<Map<String, long[]>> volume(RunView view, long from, long step, int steps, int mostBytes) {
            return Optional.empty();
        }
    }
}
