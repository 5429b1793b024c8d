package dev.weir.api.http;

import java.util.Collection;

/** Holds a request to the query parameters its route knows: a mistyped filter must not silently show everything. */
final class Parameters {
    private Parameters() {}

    static void check(Collection<String> given, Route route) {
        for (String name : given) {
            if (!route.parameters().contains(name) && !route.parameters().contains(Route.ANY_PARAMETER)) {
                throw new Problem(400, "unknown-parameter", unknown(name, route));
            }
        }
    }

    private static String unknown(String name, Route route) {
        String typed = "There is no parameter '" + Problem.shown(name) + "' here: ";
        if (route.parameters().isEmpty()) {
            return typed + "this takes none";
        }
        String known = "known are " + String.join(", ", route.parameters());
        return typed
                + Nearest.to(name, route.parameters())
                        .map(near -> "did you mean '" + near + "'? ")
                        .orElse("")
                + known;
    }
}
