package dev.weir.api.http;

import io.javalin.http.Context;
import org.jspecify.annotations.Nullable;

/** Finds the caller and holds it to the route's scope. */
final class Gate {
    private static final String BEARER = "Bearer ";
    private final Callers callers;

    Gate(Callers callers) {
        this.callers = callers;
    }

    Caller admit(Context context, Scope scope, boolean tickets) {
        if (scope == Scope.OPEN || !callers.required()) {
            return callers.anybody();
        }
        Caller caller = caller(context, tickets);
        if (!caller.may(scope)) {
            throw new Problem(
                    403,
                    "missing-scope",
                    "This needs the scope " + scope.name().toLowerCase(java.util.Locale.ROOT)
                            + ", which this key lacks: use a key that has it");
        }
        return caller;
    }

    private Caller caller(Context context, boolean tickets) {
        String header = context.header("Authorization");
        if (header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return callers.byKey(header.substring(BEARER.length()).strip()).orElseThrow(Gate::unknown);
        }
        @Nullable String ticket = tickets ? context.queryParam("ticket") : null;
        if (ticket != null) {
            return callers.byTicket(ticket).orElseThrow(Gate::unknown);
        }
        throw unauthorized("A key is needed: send it as Authorization: Bearer …");
    }

    /** One answer for a key that is unknown, revoked or expired. */
    private static Problem unknown() {
        return unauthorized("The key is not known, or no longer: ask an admin for one");
    }

    private static Problem unauthorized(String detail) {
        return new Problem(401, "unauthorized", detail).header("WWW-Authenticate", "Bearer realm=\"weir\"");
    }
}
