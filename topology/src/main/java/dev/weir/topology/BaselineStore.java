package dev.weir.topology;

import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Keeps {@code weir.baselines} as it is, undecoded: a restore copies the topic's bytes without asking anybody. */
final class BaselineStore implements Processor<Bytes, byte[], Void, Void> {
    private @Nullable KeyValueStore<Bytes, byte[]> store;

    @Override
    public void init(ProcessorContext<Void, Void> context) {
        store = context.getStateStore(WeirTopology.BASELINES_STORE);
    }

    @Override
    public void process(Record<Bytes, byte[]> record) {
        KeyValueStore<Bytes, byte[]> baselines = store;
        if (baselines != null && record.key() != null) {
            baselines.put(record.key(), record.value());
        }
    }
}
