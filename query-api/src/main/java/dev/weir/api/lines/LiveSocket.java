package dev.weir.api.lines;

import dev.weir.api.http.Caller;
import dev.weir.api.http.LiveRoute;
import dev.weir.api.http.Requests;
import dev.weir.api.http.Scope;
import dev.weir.api.http.Streams;
import dev.weir.api.runs.RunLookup;
import io.javalin.websocket.WsConfig;
import io.javalin.websocket.WsContext;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** {@code WS /v1/runs/{run}/live}: lines as they come, of this run and of any other the client asks for. */
public final class LiveSocket {
    private static final int LONGEST_MESSAGE = 64 << 10;

    private final RunLookup runs;
    private final LineService lines;
    private final Streams streams;
    private final Map<String, Connection> connections = new ConcurrentHashMap<>();

    public LiveSocket(RunLookup runs, LineService lines, Streams streams) {
        this.runs = runs;
        this.lines = lines;
        this.streams = streams;
    }

    public LiveRoute route() {
        return new LiveRoute(
                "/v1/runs/{run}/live",
                Scope.READ,
                List.of("tail", "after", "q", "stream", "level", "template", "not", "together", "ticket"),
                this::handlers);
    }

    private void handlers(WsConfig socket) {
        socket.onConnect(context -> {
            context.session.setMaxTextMessageSize(LONGEST_MESSAGE);
            Caller caller = Objects.requireNonNull(context.<Caller>attribute(Requests.CALLER));
            Connection connection = new Connection(context.session, caller.tenant(), runs, lines, streams);
            connections.put(context.sessionId(), connection);
            connection.said(first(context));
        });
        socket.onMessage(context -> with(context, connection -> connection.said(context.message())));
        socket.onClose(context -> {
            Connection connection = connections.remove(context.sessionId());
            if (connection != null) {
                connection.close();
            }
        });
    }

    private void with(WsContext context, java.util.function.Consumer<Connection> action) {
        Connection connection = connections.get(context.sessionId());
        if (connection != null) {
            action.accept(connection);
        }
    }

    /** The run of the path, subscribed to as the query says. */
    private static String first(WsContext context) {
        var json = new dev.weir.snapshot.JsonWriter().object().field("type", "subscribe");
        json.field("run", context.pathParam("run"));
        for (String name : List.of("after", "q", "stream", "level", "template", "not")) {
            json.known(name, context.queryParam(name));
        }
        String tail = context.queryParam("tail");
        if (tail != null && tail.matches("\\d{1,6}")) {
            json.field("tail", Long.parseLong(tail));
        }
        json.field("together", Boolean.parseBoolean(context.queryParam("together")));
        return new String(json.endObject().toBytes(), java.nio.charset.StandardCharsets.UTF_8);
    }
}
