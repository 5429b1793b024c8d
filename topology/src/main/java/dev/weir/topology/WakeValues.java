package dev.weir.topology;

import dev.weir.schemas.RunKey;
import dev.weir.schemas.ValueSerdes;
import dev.weir.schemas.WakeCommand;
import dev.weir.schemas.WakeState;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;

/** Wakes as they lie in their store: as in their topic, so that they evolve as it does. One for each thread. */
final class WakeValues {
    /** Names cannot begin with it, so such a key is never a wake's. */
    private static final String IDEMPOTENCY = "/!";

    private final String topic;
    private final Serializer<WakeState> writer;
    private final Deserializer<WakeState> reader;
    private final Deserializer<WakeCommand> commands;

    WakeValues(ValueSerdes values, String topic) {
        this.topic = topic;
        this.writer = values.serializer(WakeState.class);
        this.reader = values.deserializer(WakeState.class);
        this.commands = values.deserializer(WakeCommand.class);
    }

    byte[] write(WakeState wake) {
        return Patience.whileAway(() -> Objects.requireNonNull(writer.serialize(topic, wake)));
    }

    WakeState read(byte[] value) {
        return Patience.whileAway(() -> reader.deserialize(topic, value));
    }

    WakeCommand command(String commandTopic, byte[] value) {
        return commands.deserialize(commandTopic, value);
    }

    static String idempotency(RunKey run, String key) {
        return run + IDEMPOTENCY + key;
    }

    static boolean isIdempotency(String key) {
        return key.contains(IDEMPOTENCY);
    }

    static byte[] wake(String wake) {
        return wake.getBytes(StandardCharsets.UTF_8);
    }

    static String wake(byte[] value) {
        return new String(value, StandardCharsets.UTF_8);
    }
}
