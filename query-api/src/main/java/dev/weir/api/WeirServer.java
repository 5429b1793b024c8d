package dev.weir.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.api.hooks.HookRoutes;
import dev.weir.api.hooks.Hooks;
import dev.weir.api.http.Call;
import dev.weir.api.http.HttpServer;
import dev.weir.api.http.LiveRoute;
import dev.weir.api.http.Requests;
import dev.weir.api.http.Route;
import dev.weir.api.http.Streams;
import dev.weir.api.ingest.CompactRoute;
import dev.weir.api.ingest.ForgetRoute;
import dev.weir.api.ingest.IngestRoutes;
import dev.weir.api.ingest.Publisher;
import dev.weir.api.keys.KeyRoutes;
import dev.weir.api.keys.KeyTopic;
import dev.weir.api.lines.BytesRoute;
import dev.weir.api.lines.LineRoutes;
import dev.weir.api.lines.LineService;
import dev.weir.api.lines.LiveSocket;
import dev.weir.api.mcp.McpRoute;
import dev.weir.api.runs.DiffRoute;
import dev.weir.api.runs.EventRoute;
import dev.weir.api.runs.HeldElsewhere;
import dev.weir.api.runs.RunLookup;
import dev.weir.api.runs.RunRoutes;
import dev.weir.api.runs.Snapshots;
import dev.weir.api.runs.VolumeRoute;
import dev.weir.api.runs.Waiting;
import dev.weir.api.sources.SourceRoutes;
import dev.weir.api.wakes.DueWakes;
import dev.weir.api.wakes.QueueRoutes;
import dev.weir.api.wakes.WakeChanges;
import dev.weir.api.wakes.WakeTopics;
import dev.weir.api.wakes.WorkerRoutes;
import dev.weir.api.web.WebPage;
import dev.weir.schemas.WakeState;
import dev.weir.topology.Meter;
import dev.weir.topology.Placement;
import dev.weir.topology.RunReader;
import dev.weir.topology.TopologySettings;
import dev.weir.topology.WeirStreams;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** One server: the topology's stores, and HTTP over them. Used by the embedded node and by {@link ServerMain}. */
public final class WeirServer implements AutoCloseable {
    private final HttpServer http;
    private final WeirStreams topology;
    private final List<Route> routes;
    private final List<LiveRoute> live;
    private final Deque<AutoCloseable> parts;

    private WeirServer(
            HttpServer http,
            WeirStreams topology,
            List<Route> routes,
            List<LiveRoute> live,
            Deque<AutoCloseable> parts) {
        this.live = List.copyOf(live);
        this.routes = List.copyOf(routes);
        this.http = http;
        this.topology = topology;
        this.parts = parts;
    }

    /** Starts it; the topics must exist. Returns while stores are still being read back: {@code /readyz} says when. */
    public static WeirServer start(ServerConfig config) {
        return start(config, () -> {}, true);
    }

    /**
     * The same beside a registry that is still starting: whatever asks it before it answers waits, the topology too.
     *
     * @param registryAnswers returns when it does; throws if it never will
     */
    public static WeirServer startBeside(ServerConfig config, Runnable registryAnswers) {
        return start(config, registryAnswers, false);
    }

    private static WeirServer start(ServerConfig config, Runnable registryAnswers, boolean registryFirst) {
        Deque<AutoCloseable> parts = new ArrayDeque<>();
        boolean started = false;
        SchemasKnown schemas = SchemasKnown.begin(config, registryAnswers);
        try {
            LateStores stores = new LateStores();
            PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
            KeyTopic keys = keys(config, parts);
            Streams streams = new Streams(config.streams());
            List<LiveRoute> live = new ArrayList<>();
            List<Route> routes = routes(config, stores, meters, keys, parts, live, streams);
            HttpServer http =
                    HttpServer.start(config.http(), keys.callers(), withPage(routes), new Requests(meters), live);
            parts.push(http);
            parts.push(streams);
            TopologySettings settings = listeningAt(config.topology(), http.port());
            WeirStreams topology = WeirStreams.build(settings, config.topics().topics(), config.values());
            parts.addLast(topology);
            if (registryFirst) {
                schemas.await();
            }
            topology.begin();
            topology.meters().forEach(meter -> bind(meter, meters));
            stores.opened(
                    topology.reader(), new Placement.Server(settings.advertisedHost(), settings.advertisedPort()));
            schemas.await();
            started = true;
            return new WeirServer(http, topology, routes, live, parts);
        } catch (RuntimeException failed) {
            schemas.leave();
            schemas.throwFailure();
            throw failed;
        } finally {
            schemas.leave();
            if (!started) {
                close(parts);
            }
        }
    }

    private static KeyTopic keys(ServerConfig config, Deque<AutoCloseable> parts) {
        KeyTopic keys = KeyTopic.open(
                config.kafka(), config.topics().topics().keys(), config.values(), System::currentTimeMillis);
        parts.push(keys);
        config.adminKey().ifPresent(keys::admit);
        if (!config.http().loopback() && !keys.callers().required()) {
            throw new IllegalStateException(
                    "WEIR_HTTP_HOST is '" + config.http().host()
                            + "' and there are no keys: whoever reaches that address could read and change everything."
                            + " Give WEIR_ADMIN_KEY, make a key on a loopback server first, or use 127.0.0.1");
        }
        return keys;
    }

    private static List<Route> routes(
            ServerConfig config,
            LateStores stores,
            PrometheusMeterRegistry meters,
            KeyTopic keys,
            Deque<AutoCloseable> parts,
            List<LiveRoute> live,
            Streams streams) {
        Clock clock = Clock.systemUTC();
        Forwarder forwarder = new Forwarder(streams);
        String topic = config.topics().topics().lines();
        RunLookup runs = new RunLookup(stores);
        LineService lines = LineService.over(
                config.kafka(),
                topic,
                config.topics().partitions(),
                config.lineReaders(),
                () -> config.values().lineReader(topic),
                config.queryTime(),
                streams);
        parts.push(lines);
        bind(
                new Meter(
                        "weir.live.readers",
                        "partitions",
                        "Partitions whose live end is read",
                        false,
                        lines::liveReaders),
                meters);
        Publisher publisher = Publisher.to(
                config.kafka(),
                topic,
                config.values().lineValues(topic),
                config.compression(),
                config.http().threads() / 2);
        parts.push(publisher);
        List<Route> routes = new ArrayList<>();
        routes.addAll(new NodeRoutes(config, stores, meters, stores::self).all());
        Snapshots snapshots = new Snapshots(runs, lines, config.snapshots());
        Waiting waiting = new Waiting(runs, snapshots, lines, clock::millis, streams::isStopped);
        routes.addAll(new RunRoutes(runs, snapshots, waiting, streams, forwarder, clock).all());
        routes.add(new EventRoute(runs, snapshots, lines, new WakeChanges(runs), streams, clock).route());
        routes.addAll(new LineRoutes(runs, lines, streams, clock).all());
        routes.addAll(new IngestRoutes(publisher, clock, config.http().bodyBytes()).all());
        routes.add(new BytesRoute(runs, lines, streams).route());
        routes.add(new ForgetRoute(runs, publisher, streams).route());
        routes.addAll(new DiffRoute(runs, peers(stores, forwarder)).all());
        routes.add(new VolumeRoute(runs, lines, clock).route());
        routes.addAll(new SourceRoutes(runs, streams).all());
        live.add(new LiveSocket(runs, lines, streams).route());
        routes.addAll(new KeyRoutes(keys, clock).all());
        routes.add(new CompactRoute(clock, config.http().bodyBytes()).route());
        WakeTopics wakes = new WakeTopics(
                config.kafka(), config.topics().topics(), config.topics().partitions(), config.values());
        parts.push(wakes);
        routes.addAll(new QueueRoutes(runs, wakes, streams, clock).all());
        routes.addAll(new WorkerRoutes(wakes, due(stores, forwarder), streams, clock).all());
        Hooks hooks = Hooks.open(
                config.kafka(),
                config.topics().topics(),
                config.values(),
                config.topology().applicationId() + "-hooks",
                config.hooks(),
                clock);
        parts.push(hooks);
        routes.addAll(new HookRoutes(hooks, call -> forwarder.ask(call, stores.placement()), streams, clock).all());
        routes.add(new McpRoute(config.mcp(), streams, config.version()).route());
        return routes.stream().map(forwarder::over).toList();
    }

    private static DiffRoute.Peers peers(RunReader stores, Forwarder forwarder) {
        return new DiffRoute.Peers() {
            @Override
            public JsonNode get(Call call, HeldElsewhere holder, String path) {
                return forwarder.get(call, holder, path);
            }

            @Override
            public List<JsonNode> getAll(Call call, String path) {
                return forwarder.ask(call, stores.placement(), path);
            }
        };
    }

    private static DueWakes due(RunReader stores, Forwarder forwarder) {
        return new DueWakes() {
            @Override
            public List<WakeState> here(String tenant, int limit) {
                return stores.dueWakes(tenant, limit);
            }

            @Override
            public List<JsonNode> elsewhere(Call call, String path) {
                return forwarder.ask(call, stores.placement(), path);
            }
        };
    }

    /** The page is no part of the API: nothing describes it but itself. */
    private static List<Route> withPage(List<Route> routes) {
        List<Route> all = new ArrayList<>(routes);
        all.addAll(new WebPage().all());
        return all;
    }

    /** The port it listens on: the one asked for, or the free one it found. */
    public int port() {
        return http.port();
    }

    /** Everything that can be asked over HTTP. */
    List<Route> routes() {
        return routes;
    }

    List<LiveRoute> live() {
        return live;
    }

    /** Whether every partition assigned to it answers. */
    public boolean ready() {
        return topology.ready();
    }

    /** Why the topology stopped by itself, if it did: the process should end and say so. */
    public Optional<String> failure() {
        return topology.failure();
    }

    /** Ends streams, stops answering, then stops the topology. */
    @Override
    public void close() {
        close(parts);
    }

    private static void close(Deque<AutoCloseable> parts) {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception stubborn) {
                org.slf4j.LoggerFactory.getLogger(WeirServer.class).warn("A part did not close", stubborn);
            }
        }
    }

    /** Port 0 finds its number only once HTTP listens; others must be told that one. */
    private static TopologySettings listeningAt(TopologySettings settings, int port) {
        return settings.advertisedPort() == 0 ? settings.advertisedAt(settings.advertisedHost(), port) : settings;
    }

    /** The registry refers weakly to what it measures, so that is the registry itself: a meter would be collected. */
    static void bind(Meter meter, PrometheusMeterRegistry meters) {
        if (meter.counting()) {
            FunctionCounter.builder(meter.name(), meters, any -> meter.value().getAsDouble())
                    .description(meter.about())
                    .baseUnit(meter.unit())
                    .register(meters);
        } else {
            Gauge.builder(meter.name(), meters, any -> meter.value().getAsDouble())
                    .description(meter.about())
                    .baseUnit(meter.unit())
                    .register(meters);
        }
    }
}
