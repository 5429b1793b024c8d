package dev.weir.api.http;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.util.List;
import org.eclipse.jetty.ee10.servlet.SessionHandler;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Listens, guards, dispatches to the routes and turns every failure into a problem. The only place that configures Jetty. */
public final class HttpServer implements AutoCloseable {
    private final Javalin javalin;

    private HttpServer(Javalin javalin) {
        this.javalin = javalin;
    }

    public static HttpServer start(
            HttpOptions options, Callers callers, List<Route> routes, Requests requests, List<LiveRoute> live) {
        Javalin javalin = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.startup.showOldJavalinVersionWarning = false;
            config.startup.startupWatcherEnabled = false;
            config.router.ignoreTrailingSlashes = false;
            config.http.maxRequestSize = options.bodyBytes();
            config.http.compressionStrategy = io.javalin.compression.CompressionStrategy.NONE;
            listen(config, options);
            dispatch(config, options, callers, routes, requests, live);
            upgrade(config, options, callers, live);
        });
        javalin.start();
        return new HttpServer(javalin);
    }

    public int port() {
        return javalin.port();
    }

    @Override
    public void close() {
        javalin.stop();
    }

    private static void listen(JavalinConfig config, HttpOptions options) {
        QueuedThreadPool threads = new QueuedThreadPool(options.threads(), Math.min(8, options.threads()));
        threads.setName("http");
        config.jetty.threadPool = threads;
        config.jetty.modifyHttpConfiguration(HttpServer::strict);
        config.jetty.modifyServletContextHandler(servlets -> {
            // A WebSocket's upgrade begins a session, whose cookie nobody needs.
            SessionHandler sessions = new SessionHandler();
            sessions.setUsingCookies(false);
            servlets.setSessionHandler(sessions);
        });
        config.jetty.addConnector((server, http) -> connector(server, http, options));
        config.jetty.modifyServer(server -> {
            server.addBean(new NetworkConnectionLimit(options.connections(), server));
            server.setStopTimeout(2_000);
            server.setErrorHandler(new PlainErrors());
        });
    }

    private static void strict(HttpConfiguration http) {
        http.setUriCompliance(UriCompliance.RFC3986);
        http.setRequestHeaderSize(16 * 1024);
        http.setSendServerVersion(false);
        http.setSendDateHeader(true); // weir doctor compares clocks
    }

    private static ServerConnector connector(Server server, HttpConfiguration http, HttpOptions options) {
        ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setHost(options.host());
        connector.setPort(options.port());
        connector.setIdleTimeout(options.patience().idle().toMillis());
        connector.addBean(new HeaderDeadline(connector, options.patience().header()));
        connector.setAcceptQueueSize(256);
        return connector;
    }

    private static void dispatch(
            JavalinConfig config,
            HttpOptions options,
            Callers callers,
            List<Route> routes,
            Requests requests,
            List<LiveRoute> live) {
        Guard guard = new Guard(options.hosts(), !options.loopback());
        Gate gate = new Gate(callers);
        config.routes.before(context -> {
            SecurityHeaders.on(context::header);
            context.attribute(Body.PATIENCE, options.patience().body());
            guard.check(context);
        });
        for (Route route : routes) {
            config.routes.addHttpHandler(
                    new HandlerType(route.method().name()), route.path(), context -> answer(route, gate, context));
            if (route.method() == Route.Method.GET) {
                config.routes.addHttpHandler(HandlerType.HEAD, route.path(), context -> answer(route, gate, context));
            }
        }
        config.routes.exception(Problem.class, (problem, context) -> refuse(problem, context));
        config.routes.exception(Exception.class, (failure, context) -> refuse(requests.failed(failure), context));
        config.routes.error(404, context -> {
            if (context.resultInputStream() == null
                    || !context.res().getContentType().startsWith("application/problem")) {
                refuse(Unrouted.problem(context, routes, live), context);
            }
        });
        config.requestLogger.http(requests::done);
    }

    /** A WebSocket passes the same guards, before it is one. */
    private static void upgrade(JavalinConfig config, HttpOptions options, Callers callers, List<LiveRoute> live) {
        Guard guard = new Guard(options.hosts(), !options.loopback());
        Gate gate = new Gate(callers);
        for (LiveRoute route : live) {
            Route described = Route.get(route.path(), route.scope(), route.parameters(), call -> {});
            config.routes.wsBeforeUpgrade(route.path(), context -> {
                SecurityHeaders.on(context::header);
                try {
                    guard.check(context);
                    Caller caller = gate.admit(context, route.scope(), true);
                    Parameters.check(context.queryParamMap().keySet(), described);
                    context.attribute(Requests.CALLER, caller);
                } catch (Problem refused) {
                    // Javalin sends no body for an upgrade that is refused.
                    refuse(refused, context);
                    context.res().getOutputStream().write(refused.json());
                    throw refused;
                }
            });
            config.routes.ws(route.path(), route.handlers());
        }
    }

    private static void answer(Route route, Gate gate, Context context) throws Exception {
        Caller caller = gate.admit(context, route.scope(), route.parameters().contains("ticket"));
        Parameters.check(context.queryParamMap().keySet(), route);
        context.attribute(Requests.CALLER, caller);
        route.answer().to(new Call(context, caller));
    }

    private static void refuse(Problem problem, Context context) {
        context.status(problem.status());
        problem.headers().forEach(context::header);
        context.contentType("application/problem+json");
        context.result(problem.json());
    }
}
