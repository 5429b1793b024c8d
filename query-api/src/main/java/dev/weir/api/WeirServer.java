package dev.weir.api;

import dev.weir.api.http.Caller;
import dev.weir.api.http.Callers;
import dev.weir.api.http.HttpServer;
import dev.weir.api.http.Requests;
import dev.weir.api.http.Route;
import dev.weir.api.http.Scope;
import dev.weir.api.runs.RawLines;
import dev.weir.api.runs.RunLookup;
import dev.weir.api.runs.RunRoutes;
import dev.weir.api.runs.Snapshots;
import dev.weir.topology.Meter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** One server: the topology's stores, and HTTP over them. Used by the embedded node and by {@link ServerMain}. */
public final class WeirServer implements AutoCloseable {
    private final HttpServer http;
    private final Stores stores;

    private WeirServer(HttpServer http, Stores stores) {
        this.http = http;
        this.stores = stores;
    }

    static WeirServer start(ServerConfig config, Stores stores, RawLines lines, Clock clock) {
        PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        stores.meters().forEach(meter -> bind(meter, meters));
        RunLookup runs = new RunLookup(stores.reader());
        List<Route> routes = new ArrayList<>();
        routes.addAll(new NodeRoutes(config, stores.reader(), meters).all());
        routes.addAll(new RunRoutes(runs, new Snapshots(runs, lines, config.snapshots()), clock).all());
        HttpServer http = HttpServer.start(config.http(), new Anybody(), routes, new Requests(meters), javalin -> {});
        return new WeirServer(http, stores);
    }

    /** The port it listens on: the one asked for, or the free one it found. */
    public int port() {
        return http.port();
    }

    /** Stops answering, then stops the topology. */
    @Override
    public void close() {
        http.close();
        stores.close();
    }

    private static void bind(Meter meter, PrometheusMeterRegistry meters) {
        if (meter.counting()) {
            FunctionCounter.builder(
                            meter.name(), meter, counted -> counted.value().getAsDouble())
                    .description(meter.about())
                    .baseUnit(meter.unit())
                    .register(meters);
        } else {
            Gauge.builder(meter.name(), meter, measured -> measured.value().getAsDouble())
                    .description(meter.about())
                    .baseUnit(meter.unit())
                    .register(meters);
        }
    }

    /** Without keys: loopback only, one tenant, everything allowed. */
    private static final class Anybody implements Callers {
        private static final Caller CALLER = new Caller("default", "-", java.util.Set.of(Scope.ADMIN));

        @Override
        public boolean required() {
            return false;
        }

        @Override
        public Caller anybody() {
            return CALLER;
        }

        @Override
        public java.util.Optional<Caller> byKey(String key) {
            return java.util.Optional.of(CALLER);
        }

        @Override
        public java.util.Optional<Caller> byTicket(String ticket) {
            return java.util.Optional.of(CALLER);
        }
    }
}
