package dev.weir.api.hooks;

import dev.weir.api.whole.WholeTopic;
import dev.weir.schemas.Hook;
import dev.weir.schemas.Topics;
import dev.weir.schemas.ValueSerdes;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** All hooks there are, and their deliveries. Reads what happens to runs only while there is a hook. */
public final class Hooks implements AutoCloseable {
    private static final List<Duration> PAUSES = List.of(
            Duration.ofSeconds(1),
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            Duration.ofMinutes(2),
            Duration.ofMinutes(10));

    private final Map<String, Hook> all = new ConcurrentHashMap<>();
    private final WholeTopic<Hook> topic;
    private final Deliveries deliveries;
    private final HookEvents events;
    private final boolean privateAllowed;

    private Hooks(
            Map<String, String> kafka,
            Topics topics,
            ValueSerdes values,
            String group,
            boolean privateAllowed,
            Clock clock) {
        this.privateAllowed = privateAllowed;
        this.deliveries = new Deliveries(id -> Optional.ofNullable(all.get(id)), privateAllowed, clock, PAUSES);
        this.events = new HookEvents(kafka, topics, values, group, this::active, deliveries, clock);
        this.topic = WholeTopic.open(kafka, topics.hooks(), Hook.class, values, this::learn, () -> {});
    }

    /** @param group of the servers that share the work: each event is sent by one of them */
    public static Hooks open(
            Map<String, String> kafka,
            Topics topics,
            ValueSerdes values,
            String group,
            boolean privateAllowed,
            Clock clock) {
        return new Hooks(kafka, topics, values, group, privateAllowed, clock);
    }

    private void learn(String id, @Nullable Hook hook) {
        if (hook == null) {
            all.remove(id);
            deliveries.forget(id);
        } else {
            all.put(id, hook);
            events.start();
        }
    }

    private Collection<Hook> active() {
        return all.values();
    }

    boolean privateAllowed() {
        return privateAllowed;
    }

    List<Hook> of(String tenant) {
        return all.values().stream()
                .filter(hook -> hook.getTenant().equals(tenant))
                .toList();
    }

    List<Delivery.Outcome> deliveries(String hook) {
        return deliveries.of(hook);
    }

    /** Returns when events of from now on will reach it. */
    void store(Hook hook) throws InterruptedException {
        topic.store(hook.getId(), hook);
        events.awaitListening();
    }

    void remove(String id) {
        topic.store(id, null);
    }

    @Override
    public void close() {
        topic.close();
        events.close();
        deliveries.close();
    }
}
