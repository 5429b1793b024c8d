package dev.weir.api.http;

import io.javalin.http.Context;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is kept of requests: a timer per route and status, and an access log line that holds the route, never the query,
 * a header or a line's text. The run-id stands there only if it is one, so that it cannot forge another line.
 */
public final class Requests {
    public static final String CALLER = "weir.caller";
    /** Asked every few seconds by whatever watches a server: counted, not written down. */
    private static final Set<String> PROBES = Set.of("/livez", "/readyz", "/metrics");

    private static final Logger ACCESS = LoggerFactory.getLogger("dev.weir.access");
    private static final Logger LOG = LoggerFactory.getLogger(Requests.class);

    private final MeterRegistry meters;

    public Requests(MeterRegistry meters) {
        this.meters = meters;
    }

    void done(Context context, Float millis) {
        String route = context.endpoints().lastHttpEndpoint() == null
                ? "none"
                : context.endpoints().lastHttpEndpoint().path;
        int status = context.statusCode();
        Timer.builder("weir.http.requests")
                .tags("route", route, "method", context.method().name(), "status", Integer.toString(status))
                .register(meters)
                .record(Duration.ofNanos((long) (millis * 1e6)));
        if (ACCESS.isInfoEnabled() && !PROBES.contains(route)) {
            ACCESS.info(
                    "method={} route={} status={} ms={} tenant={} key={} run={}",
                    context.method(),
                    route,
                    status,
                    String.format("%.1f", millis),
                    tenant(context),
                    key(context),
                    run(context));
        }
    }

    /** A failure of ours: told to the log, not to the caller. */
    Problem failed(Exception failure) {
        LOG.error("A request failed", failure);
        return new Problem(500, "internal", "The server failed at this; its log says why: try again, or report it");
    }

    private static String tenant(Context context) {
        Caller caller = context.attribute(CALLER);
        return caller == null ? "-" : caller.tenant();
    }

    private static String key(Context context) {
        Caller caller = context.attribute(CALLER);
        return caller == null ? "-" : caller.key();
    }

    private static String run(Context context) {
        String run = context.pathParamMap().get("run");
        return run != null && Call.isRunId(run) ? run : "-";
    }
}
