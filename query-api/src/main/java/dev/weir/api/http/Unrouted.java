package dev.weir.api.http;

import io.javalin.http.Context;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What is said of a path, or of a method on it, that no route has. */
final class Unrouted {
    private Unrouted() {}

    static Problem problem(Context context, List<Route> routes) {
        TreeSet<String> methods = new TreeSet<>();
        for (Route route : routes) {
            String pattern = "\\Q" + route.path().replaceAll("\\{[a-z]+}", "\\\\E[^/]+\\\\Q") + "\\E";
            if (Pattern.matches(pattern, context.path())) {
                methods.add(route.method().name());
            }
        }
        if (methods.isEmpty()) {
            return new Problem(
                    404, "no-such-route", "There is nothing at this path: see GET /openapi.yaml for what there is");
        }
        String allowed = String.join(", ", methods);
        return new Problem(405, "wrong-method", "This path takes " + allowed + ": use that").header("Allow", allowed);
    }
}
