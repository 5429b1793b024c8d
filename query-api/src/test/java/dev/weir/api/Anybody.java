package dev.weir.api;

import dev.weir.api.http.Caller;
import dev.weir.api.http.Callers;
import dev.weir.api.http.Scope;
import dev.weir.schemas.RunKey;
import java.util.Optional;
import java.util.Set;

/** Without keys: one tenant, everything allowed, and the server listens on loopback only. */
final class Anybody implements Callers {
    static final Caller CALLER = new Caller(RunKey.DEFAULT_TENANT, "-", Set.of(Scope.ADMIN));

    @Override
    public boolean required() {
        return false;
    }

    @Override
    public Caller anybody() {
        return CALLER;
    }

    @Override
    public Optional<Caller> byKey(String key) {
        return Optional.of(CALLER);
    }

    @Override
    public Optional<Caller> byTicket(String ticket) {
        return Optional.of(CALLER);
    }
}
