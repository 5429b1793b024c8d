package dev.weir.api.keys;

import dev.weir.api.http.Callers;
import dev.weir.api.whole.WholeTopic;
import dev.weir.schemas.ApiKey;
import dev.weir.schemas.KeyScope;
import dev.weir.schemas.RunKey;
import dev.weir.schemas.ValueSerdes;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** weir.keys, read whole before the first request is answered and followed ever after. */
public final class KeyTopic implements AutoCloseable {
    private static final long USED_EVERY_MILLIS = 300_000;

    private final KeyRing ring;
    private final LongSupplier clock;
    private final WholeTopic<ApiKey> topic;
    /** Confined to the topic's thread. */
    private final Map<String, Instant> published = new HashMap<>();

    private KeyTopic(Map<String, String> kafka, String name, ValueSerdes values, LongSupplier clock) {
        this.ring = new KeyRing(clock);
        this.clock = clock;
        AtomicReference<@Nullable KeyTopic> open = new AtomicReference<>();
        this.topic = WholeTopic.open(kafka, name, ApiKey.class, values, ring::learn, () -> {
            KeyTopic keys = open.get();
            if (keys != null) {
                keys.publishUsed();
            }
        });
        open.set(this);
    }

    /** Returns once all keys there are have been read. */
    public static KeyTopic open(Map<String, String> kafka, String topic, ValueSerdes values, LongSupplier clock) {
        return new KeyTopic(kafka, topic, values, clock);
    }

    public Callers callers() {
        return ring;
    }

    KeyRing ring() {
        return ring;
    }

    /** Makes an operator's own key known as an admin's, unless it is. */
    public void admit(KeyText operator) {
        if (ring.find(operator.id()).isEmpty()) {
            store(ApiKey.newBuilder()
                    .setId(operator.id())
                    .setTenant(RunKey.DEFAULT_TENANT)
                    .setName("given at start")
                    .setHash(ByteBuffer.wrap(operator.hash()))
                    .setScopes(List.of(KeyScope.ADMIN))
                    .setCreatedAt(Instant.ofEpochMilli(clock.getAsLong()))
                    .build());
        }
    }

    /** Returns when Kafka has it; this server knows it at once, the others within moments. */
    void store(ApiKey key) {
        topic.store(key.getId(), key);
    }

    private void publishUsed() {
        for (Map.Entry<String, Instant> one : ring.used().entrySet()) {
            Instant before = published.getOrDefault(one.getKey(), Instant.EPOCH);
            if (one.getValue().toEpochMilli() - before.toEpochMilli() > USED_EVERY_MILLIS) {
                ring.find(one.getKey())
                        .ifPresent(key -> topic.send(
                                one.getKey() + KeyRing.USED,
                                ApiKey.newBuilder(key)
                                        .setLastUsedAt(one.getValue())
                                        .build()));
                published.put(one.getKey(), one.getValue());
            }
        }
    }

    @Override
    public void close() {
        topic.close();
    }
}
