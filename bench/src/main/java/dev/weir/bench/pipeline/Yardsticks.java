package dev.weir.bench.pipeline;

import dev.weir.drain.Miner;
import dev.weir.drain.Rows;
import dev.weir.drain.Template;
import dev.weir.schemas.LineBatchReader;
import dev.weir.schemas.ValueSerdes;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/**
 * The ways in which one would build it first, with the same miner, the same batches and the same guarantee: a put for
 * every line ({@link APutALine}), and {@code aggregate()} with the whole model as its value.
 */
final class Yardsticks {
    private static final String STORE = "store";

    private Yardsticks() {}

    /** Weir's own store, uncached, with a put of weir's own row for every line. */
    static Topology aPutALine(String topic, ValueSerdes values, LongAdder lines) {
        return aPutALine(topic, true, values, lines);
    }

    /** The same with the smallest row there could be. */
    static Topology aSmallPutALine(String topic, ValueSerdes values, LongAdder lines) {
        return aPutALine(topic, false, values, lines);
    }

    private static Topology aPutALine(String topic, boolean wholePages, ValueSerdes values, LongAdder lines) {
        Topology topology = source(topic);
        topology.addProcessor("mine", () -> new APutALine(STORE, wholePages, values.lineReader(topic), lines), "lines");
        topology.addStateStore(
                Stores.windowStoreBuilder(
                                Stores.persistentWindowStore(STORE, Duration.ofHours(27), Duration.ofMinutes(1), false),
                                Serdes.Bytes(),
                                Serdes.ByteArray())
                        .withCachingDisabled(),
                "mine");
        return topology;
    }

    /** Every line reads the model, adds itself and writes the model: what {@code aggregate()} does. */
    static Topology aggregate(String topic, ValueSerdes values, LongAdder lines) {
        Topology topology = source(topic);
        topology.addProcessor("mine", () -> new Aggregate(values.lineReader(topic), lines), "lines");
        topology.addStateStore(
                Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(STORE), Serdes.String(), Serdes.ByteArray())
                        .withCachingDisabled(),
                "mine");
        return topology;
    }

    private static Topology source(String topic) {
        Topology topology = new Topology();
        topology.addSource(
                AutoOffsetReset.earliest(), "lines", new ByteArrayDeserializer(), new ByteArrayDeserializer(), topic);
        return topology;
    }

    private static final class Aggregate implements Processor<byte[], byte[], Void, Void> {
        private final LineBatchReader reader;
        private final LongAdder lines;
        private final Miner miner = new Miner();
        private final Map<Integer, byte[]> rows = new TreeMap<>();
        private KeyValueStore<String, byte[]> store;

        @SuppressWarnings("NullAway.Init")
        Aggregate(LineBatchReader reader, LongAdder lines) {
            this.reader = reader;
            this.lines = lines;
        }

        @Override
        public void init(ProcessorContext<Void, Void> started) {
            store = started.getStateStore(STORE);
        }

        @Override
        public void process(Record<byte[], byte[]> record) {
            String key = new String(record.key(), StandardCharsets.UTF_8);
            reader.read(record.value());
            Miner.Source source = miner.source(reader.source());
            for (int i = 0; i < reader.size(); i++) {
                store.get(key);
                miner.mine(source, reader.buffer(), reader.offset(i), reader.length(i), 0, i);
                store.put(key, model());
                lines.increment();
            }
        }

        /** The model as bytes: generous to the yardstick, for unchanged templates are not serialised again. */
        private byte[] model() {
            miner.rows().drainDirty(new Rows() {
                @Override
                public void template(int id, byte[] row) {
                    rows.put(id, row);
                }

                @Override
                public void source(String name, byte[] row) {}

                @Override
                public void tally(Template template, long lines, long events) {}
            });
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            rows.forEach((id, row) -> {
                all.writeBytes(row);
                all.writeBytes(ByteBuffer.allocate(8)
                        .putLong(miner.template(id).count())
                        .array());
            });
            return all.toByteArray();
        }
    }
}
