package dev.weir.api.http;

import io.javalin.websocket.WsConfig;
import java.util.List;
import java.util.function.Consumer;

/** A route that is a WebSocket: guarded before the upgrade as every other route is before its answer. */
public record LiveRoute(String path, Scope scope, List<String> parameters, Consumer<WsConfig> handlers) {
    public LiveRoute {
        parameters = List.copyOf(parameters);
    }
}
