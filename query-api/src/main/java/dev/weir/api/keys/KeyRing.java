package dev.weir.api.keys;

import dev.weir.api.http.Caller;
import dev.weir.api.http.Callers;
import dev.weir.api.http.Scope;
import dev.weir.schemas.ApiKey;
import dev.weir.schemas.KeyScope;
import dev.weir.schemas.RunKey;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** All keys there are, as the topic has told so far, and who is behind one. Safe for any number of threads. */
final class KeyRing implements Callers {
    static final Caller ANYBODY = new Caller(RunKey.DEFAULT_TENANT, "-", Set.of(Scope.ADMIN));

    /** Records under an id and this say only when the key was last used: they can never undo a revocation. */
    static final String USED = "/used";

    private final Map<String, ApiKey> keys = new ConcurrentHashMap<>();
    private final Map<String, Instant> used = new ConcurrentHashMap<>();
    private final LongSupplier clock;

    KeyRing(LongSupplier clock) {
        this.clock = clock;
    }

    /** What the topic says of a key. */
    void learn(String topicKey, @Nullable ApiKey key) {
        if (topicKey.endsWith(USED)) {
            String id = topicKey.substring(0, topicKey.length() - USED.length());
            if (key != null && key.getLastUsedAt() != null) {
                used.merge(id, key.getLastUsedAt(), (one, other) -> one.isAfter(other) ? one : other);
            }
        } else if (key == null) {
            keys.remove(topicKey);
        } else {
            keys.put(topicKey, key);
        }
    }

    /** Revoked keys count: taking back the last one must not open the door. */
    @Override
    public boolean required() {
        return !keys.isEmpty();
    }

    @Override
    public Caller anybody() {
        return ANYBODY;
    }

    @Override
    public Optional<Caller> byKey(String text) {
        return KeyText.parse(text).flatMap(given -> {
            ApiKey known = keys.get(given.id());
            // Hashed and compared even if there is no such key: the time taken tells nothing.
            byte[] hash = known == null ? new byte[32] : bytes(known.getHash());
            boolean same = MessageDigest.isEqual(hash, given.hash());
            return known != null && same ? admit(known) : Optional.empty();
        });
    }

    @Override
    public Optional<Caller> byTicket(String text) {
        return Ticket.parse(text).flatMap(ticket -> {
            ApiKey known = keys.get(ticket.key());
            return known != null && ticket.isGood(bytes(known.getHash()), clock.getAsLong())
                    ? admit(known)
                    : Optional.empty();
        });
    }

    /** A ticket for the key that asks; of no use, and not needed, without keys. */
    Ticket ticket(String key) {
        ApiKey known = keys.get(key);
        byte[] secret = known == null ? new byte[32] : bytes(known.getHash());
        return Ticket.create(key, clock.getAsLong() + Ticket.LIFE_MILLIS, secret);
    }

    List<ApiKey> all(Predicate<ApiKey> wanted) {
        return keys.values().stream().filter(wanted).toList();
    }

    Optional<ApiKey> find(String id) {
        return Optional.ofNullable(keys.get(id));
    }

    Optional<Instant> lastUsed(String id) {
        return Optional.ofNullable(used.get(id));
    }

    Map<String, Instant> used() {
        return used;
    }

    private Optional<Caller> admit(ApiKey key) {
        Instant now = Instant.ofEpochMilli(clock.getAsLong());
        boolean over = key.getRevokedAt() != null && !key.getRevokedAt().isAfter(now)
                || key.getExpiresAt() != null && !key.getExpiresAt().isAfter(now);
        if (over) {
            return Optional.empty();
        }
        used.put(key.getId(), now);
        return Optional.of(new Caller(key.getTenant(), key.getId(), scopes(key)));
    }

    private static Set<Scope> scopes(ApiKey key) {
        EnumSet<Scope> scopes = EnumSet.noneOf(Scope.class);
        for (KeyScope scope : key.getScopes()) {
            if (scope != KeyScope.NONE) {
                scopes.add(Scope.valueOf(scope.name()));
            }
        }
        return scopes;
    }

    private static byte[] bytes(java.nio.ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
