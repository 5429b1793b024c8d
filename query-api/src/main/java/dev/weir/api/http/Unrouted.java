package dev.weir.api.http;

import io.javalin.http.Context;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What is said of a path, or of a method on it, that no route has. */
final class Unrouted {
    static final Problem NOTHING_HERE =
            new Problem(404, "no-such-route", "There is nothing at this path: see GET /openapi.yaml for what there is");

    private Unrouted() {}

    static Problem problem(Context context, List<Route> routes, List<LiveRoute> live) {
        TreeSet<String> methods = new TreeSet<>();
        for (Route route : routes) {
            if (matches(route.path(), context)) {
                methods.add(route.method().name());
                if (route.method() == Route.Method.GET) {
                    methods.add("HEAD");
                }
            }
        }
        if (live.stream().anyMatch(route -> matches(route.path(), context))) {
            return new Problem(
                            426,
                            "upgrade-needed",
                            "This path is a WebSocket: connect with Upgrade: websocket, or use GET …/lines?follow=true")
                    .header("Upgrade", "websocket");
        }
        if (methods.isEmpty()) {
            return NOTHING_HERE;
        }
        String allowed = String.join(", ", methods);
        return new Problem(405, "wrong-method", "This path takes " + allowed + ": use that").header("Allow", allowed);
    }

    private static boolean matches(String route, Context context) {
        String pattern = "\\Q" + route.replaceAll("\\{[a-z]+}", "\\\\E[^/]+\\\\Q") + "\\E";
        return Pattern.matches(pattern, context.path());
    }
}
