package dev.weir.api.hooks;

import dev.weir.api.whole.WholeTopic;
import dev.weir.schemas.Hook;
import dev.weir.schemas.Topics;
import dev.weir.schemas.ValueSerdes;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All hooks there are, and their deliveries. Reads what happens to runs only while there is a hook. */
public final class Hooks implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Hooks.class);
    /** How long a command may take. */
    private static final Duration COMMAND = Duration.ofSeconds(30);

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
    private final HookOptions options;
    private final @Nullable Owner owner;

    private Hooks(
            Map<String, String> kafka,
            Topics topics,
            ValueSerdes values,
            String group,
            HookOptions options,
            Clock clock) {
        this.options = options;
        this.owner = owner(options);
        this.deliveries = new Deliveries(
                id -> Optional.ofNullable(all.get(id)),
                options.privateAllowed(),
                new CommandCall(options.commands(), owner, COMMAND),
                clock,
                PAUSES);
        this.events = new HookEvents(kafka, topics, values, group, this::active, deliveries, clock);
        this.topic = WholeTopic.open(kafka, topics.hooks(), Hook.class, values, this::learn, () -> {});
    }

    /** @param group of the servers that share the work: each event is sent by one of them */
    public static Hooks open(
            Map<String, String> kafka,
            Topics topics,
            ValueSerdes values,
            String group,
            HookOptions options,
            Clock clock) {
        return new Hooks(kafka, topics, values, group, options, clock);
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

    HookOptions options() {
        return options;
    }

    /** Who proves to be who runs this server may have commands started; null where nobody can. */
    @Nullable
    Owner owner() {
        return owner;
    }

    private static @Nullable Owner owner(HookOptions options) {
        if (options.commands() != HookOptions.Commands.OWNER) {
            return null;
        }
        try {
            return Owner.of(options.state());
        } catch (IOException | UnsupportedOperationException failure) {
            LOG.warn("Hooks can have no commands: {} cannot hold a file for its owner alone", options.state(), failure);
            return null;
        }
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
