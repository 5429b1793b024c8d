package dev.weir.api.keys;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.api.http.Call;
import dev.weir.api.http.JsonBody;
import dev.weir.api.http.Problem;
import dev.weir.api.http.Route;
import dev.weir.api.http.Scope;
import dev.weir.schemas.ApiKey;
import dev.weir.schemas.KeyScope;
import dev.weir.schemas.RunKey;
import dev.weir.settings.Quantities;
import dev.weir.snapshot.JsonWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The routes for admins to make, list and take back keys, and for everybody to get a ticket. */
public final class KeyRoutes {
    private static final Set<String> FIELDS = Set.of("name", "tenant", "scopes", "expiresIn");

    private final KeyTopic keys;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    public KeyRoutes(KeyTopic keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    public List<Route> all() {
        return List.of(
                Route.get("/v1/keys", Scope.ADMIN, List.of(), this::list),
                Route.post("/v1/keys", Scope.ADMIN, List.of(), this::create),
                Route.delete("/v1/keys/{id}", Scope.ADMIN, List.of(), this::revoke),
                Route.post("/v1/tickets", Scope.ANY, List.of(), this::ticket));
    }

    private void list(Call call) {
        JsonWriter json = new JsonWriter().object().name("keys").array();
        keys.ring().all(key -> mayManage(call, key.getTenant())).stream()
                .sorted(Comparator.comparing(ApiKey::getCreatedAt).thenComparing(ApiKey::getId))
                .forEach(key -> write(json, key));
        call.json(json.endArray().endObject());
    }

    private void create(Call call) throws IOException {
        JsonNode body = JsonBody.object(call, FIELDS);
        String tenant = JsonBody.text(body, "tenant").orElse(call.tenant());
        if (!RunKey.isName(tenant)) {
            throw Problem.badParameter("tenant", tenant, "use up to 128 letters, digits, dots, dashes, underscores");
        }
        if (!mayManage(call, tenant)) {
            throw new Problem(
                    403,
                    "other-tenant",
                    "Keys of another tenant are made by admins of '" + RunKey.DEFAULT_TENANT + "' only");
        }
        Instant now = clock.instant();
        KeyText key = KeyText.create(random);
        ApiKey stored = ApiKey.newBuilder()
                .setId(key.id())
                .setTenant(tenant)
                .setName(JsonBody.text(body, "name").orElse(""))
                .setHash(ByteBuffer.wrap(key.hash()))
                .setScopes(scopes(body))
                .setCreatedAt(now)
                .setCreatedBy(
                        call.caller().key().equals("-") ? null : call.caller().key())
                .setExpiresAt(JsonBody.text(body, "expiresIn")
                        .map(given -> expiry(given, now))
                        .orElse(null))
                .build();
        if (!keys.callers().required() && !stored.getScopes().contains(KeyScope.ADMIN)) {
            throw new Problem(
                    409, "first-key", "The first key must have the scope admin: without one nobody could make another");
        }
        keys.store(stored);
        call.status(201);
        JsonWriter json = new JsonWriter().object().field("id", key.id()).field("key", key.text());
        call.json(json.field("note", "shown once: only its hash is kept").endObject());
    }

    private static Instant expiry(String given, Instant now) {
        try {
            return now.plus(Quantities.duration(given));
        } catch (IllegalArgumentException | ArithmeticException unreadable) {
            throw Problem.badParameter("expiresIn", given, "use a duration such as 24h or 90d");
        }
    }

    private static List<KeyScope> scopes(JsonNode body) {
        List<KeyScope> scopes = new ArrayList<>();
        for (String given : JsonBody.texts(body, "scopes")) {
            try {
                scopes.add(KeyScope.valueOf(given.toUpperCase(Locale.ROOT)));
            } catch (IllegalArgumentException unknown) {
                throw Problem.badParameter("scopes", given, "use ingest, read, wake, admin");
            }
        }
        if (scopes.isEmpty() || scopes.contains(KeyScope.NONE)) {
            throw Problem.badParameter("scopes", "", "use some of ingest, read, wake, admin");
        }
        return scopes;
    }

    /** Revoked, not deleted: a server that missed it would otherwise never know. */
    private void revoke(Call call) {
        ApiKey key = keys.ring()
                .find(call.path("id"))
                .filter(found -> mayManage(call, found.getTenant()))
                .orElseThrow(() -> new Problem(404, "key-not-found", "No such key: see GET /v1/keys"));
        if (key.getRevokedAt() == null) {
            keys.store(ApiKey.newBuilder(key).setRevokedAt(clock.instant()).build());
        }
        call.nothing();
    }

    private void ticket(Call call) {
        Ticket ticket = keys.ring().ticket(call.caller().key());
        JsonWriter json = new JsonWriter().object().field("ticket", ticket.text());
        call.json(json.time("expiresAt", ticket.expires()).endObject());
    }

    private static boolean mayManage(Call call, String tenant) {
        return call.tenant().equals(tenant) || call.tenant().equals(RunKey.DEFAULT_TENANT);
    }

    private void write(JsonWriter json, ApiKey key) {
        json.object().field("id", key.getId()).field("tenant", key.getTenant()).field("name", key.getName());
        json.strings(
                "scopes",
                key.getScopes().stream()
                        .map(scope -> scope.name().toLowerCase(Locale.ROOT))
                        .toList());
        json.time("createdAt", key.getCreatedAt().toEpochMilli());
        json.known("createdBy", key.getCreatedBy());
        if (key.getExpiresAt() != null) {
            json.time("expiresAt", key.getExpiresAt().toEpochMilli());
        }
        if (key.getRevokedAt() != null) {
            json.time("revokedAt", key.getRevokedAt().toEpochMilli());
        }
        keys.ring().lastUsed(key.getId()).ifPresent(used -> json.time("lastUsedAt", used.toEpochMilli()));
        json.endObject();
    }
}
