package dev.weir.topology;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Keeps {@code weir.fleet} as it is, undecoded, and notes its keys. A restore comes through here, too. */
final class FleetStore implements Processor<Bytes, byte[], Void, Void> {
    private final FleetKeys keys;
    private @Nullable KeyValueStore<Bytes, byte[]> store;

    FleetStore(FleetKeys keys) {
        this.keys = keys;
    }

    @Override
    public void init(ProcessorContext<Void, Void> context) {
        KeyValueStore<Bytes, byte[]> opened = context.getStateStore(WeirTopology.FLEET_STORE);
        store = opened;
        try (KeyValueIterator<Bytes, byte[]> all = opened.all()) {
            while (all.hasNext()) {
                KeyValue<Bytes, byte[]> one = all.next();
                keys.add(text(one.key));
            }
        }
    }

    @Override
    public void process(Record<Bytes, byte[]> record) {
        KeyValueStore<Bytes, byte[]> runs = store;
        if (runs != null && record.key() != null) {
            runs.put(record.key(), record.value());
            if (record.value() == null) {
                keys.remove(text(record.key()));
            } else {
                keys.add(text(record.key()));
            }
        }
    }

    private static String text(Bytes key) {
        return new String(key.get(), StandardCharsets.UTF_8);
    }
}
