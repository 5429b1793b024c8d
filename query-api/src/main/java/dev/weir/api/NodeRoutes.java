package dev.weir.api;

import dev.weir.api.http.Call;
import dev.weir.api.http.Problem;
import dev.weir.api.http.Route;
import dev.weir.api.http.Scope;
import dev.weir.schemas.Topics;
import dev.weir.snapshot.JsonWriter;
import dev.weir.topology.Placement;
import dev.weir.topology.RunReader;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/** The routes about the server itself: probes, metrics, where its cluster is, what it can be asked. */
final class NodeRoutes {
    private final ServerConfig config;
    private final RunReader reader;
    private final PrometheusMeterRegistry meters;
    private final Supplier<Optional<Placement.Server>> self;

    /** @param self how others reach this server, once that is known */
    NodeRoutes(
            ServerConfig config,
            RunReader reader,
            PrometheusMeterRegistry meters,
            Supplier<Optional<Placement.Server>> self) {
        this.config = config;
        this.reader = reader;
        this.meters = meters;
        this.self = self;
    }

    List<Route> all() {
        return List.of(
                Route.get("/livez", Scope.OPEN, List.of(), NodeRoutes::live),
                Route.get("/readyz", Scope.OPEN, List.of(), this::ready),
                Route.get("/metrics", Scope.ADMIN, List.of(), this::metrics),
                Route.get("/openapi.yaml", Scope.OPEN, List.of(), NodeRoutes::openapi),
                Route.get("/v1/node", Scope.ANY, List.of(), this::node));
    }

    private static void live(Call call) {
        call.json(new JsonWriter().object().field("live", true).endObject());
    }

    private void ready(Call call) {
        Placement placement = reader.placement();
        if (placement.partitions() == 0) {
            throw new Problem(503, "starting", "The stores are being opened: try again in a few seconds").retryAfter(1);
        }
        if (!placement.restoring().isEmpty()) {
            int percent = placement.restoring().values().stream()
                    .mapToInt(Integer::intValue)
                    .min()
                    .orElse(0);
            throw new Problem(
                            503,
                            "restoring",
                            "Stores are being read back (" + percent + "%): try again in a few seconds")
                    .with("percent", percent)
                    .retryAfter(2);
        }
        if (placement.active().size() < placement.partitions()) {
            throw new Problem(503, "unassigned", "Some partitions have no server yet: try again in a few seconds")
                    .retryAfter(1);
        }
        long mine = self.get().stream()
                .mapToLong(here -> placement.active().values().stream()
                        .filter(here::equals)
                        .count())
                .sum();
        if (placement.here().size() < mine) {
            throw new Problem(503, "starting", "Partitions of this server are being opened: try again in a second")
                    .retryAfter(1);
        }
        JsonWriter json = new JsonWriter().object().field("ready", true).field("partitions", placement.partitions());
        json.name("here").array();
        placement.here().stream().sorted().forEach(json::value);
        call.json(json.endArray().endObject());
    }

    private void metrics(Call call) {
        call.bytes("text/plain; version=0.0.4; charset=utf-8", meters.scrape().getBytes(StandardCharsets.UTF_8));
    }

    private static void openapi(Call call) throws IOException {
        try (InputStream page = Objects.requireNonNull(NodeRoutes.class.getResourceAsStream("/openapi.yaml"))) {
            call.bytes("application/yaml", page.readAllBytes());
        }
    }

    private void node(Call call) {
        Topics topics = config.topics().topics();
        JsonWriter json = new JsonWriter().object().field("version", config.version());
        json.field("bootstrapServers", config.kafka().get("bootstrap.servers"));
        json.field("schemaRegistryUrl", config.kafka().get("schema.registry.url"));
        json.name("topics").object();
        json.field("lines", topics.lines())
                .field("templates", topics.templates())
                .field("runs", topics.runs());
        json.field("wakes", topics.wakes()).field("wakeStates", topics.wakeStates());
        json.field("baselines", topics.baselines()).field("keys", topics.keys()).field("hooks", topics.hooks());
        json.field("deadLetters", topics.deadLetters()).endObject();
        call.json(json.field("partitions", config.topics().partitions()).endObject());
    }
}
