package dev.weir.api.http;

import java.util.Set;

/** Who asks: a tenant and what its key allows. {@code key} is the key's id, never the key. */
public record Caller(String tenant, String key, Set<Scope> scopes) {
    public Caller {
        scopes = Set.copyOf(scopes);
    }

    public boolean may(Scope scope) {
        return scope == Scope.OPEN || scope == Scope.ANY || scopes.contains(Scope.ADMIN) || scopes.contains(scope);
    }
}
