package dev.weir.topology;

import dev.weir.topology.rows.TemplateRow;
import dev.weir.topology.rows.TemplateRow.SampleBytes;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What every batch with lines of a template asks or notes of it, close together for all templates of a run: a batch of a run
 * with thousands of them has a line or two of each, and would fetch as many rows from memory, each with what lies behind
 * it. Confined to one stream task.
 */
final class Booked {
    /** Of more streams each batch asks the rows. */
    private static final int MOST_STREAMS = 16;

    /** Start of the bucket that rows were last written in, and the templates whose rows it has. */
    private long bucket = -1;

    private final BitSet written = new BitSet();
    /** Templates that lines of a stream were booked for. */
    private final Map<String, BitSet> streams = new HashMap<>();

    private @Nullable SampleBytes[] last = new @Nullable SampleBytes[16];

    void written(int id, long rowsBucket) {
        if (rowsBucket > bucket) {
            written.clear();
            bucket = rowsBucket;
        }
        if (rowsBucket == bucket) {
            written.set(id);
        }
    }

    boolean isWritten(int id, long inBucket) {
        return inBucket == bucket && written.get(id);
    }

    /** Whether lines of a stream have been booked for a template before. */
    boolean knows(String stream, int id) {
        BitSet known = streams.get(stream);
        return known != null && known.get(id);
    }

    void stream(String stream, int id) {
        BitSet known = streams.get(stream);
        if (known == null && streams.size() < MOST_STREAMS) {
            known = new BitSet();
            streams.put(stream, known);
        }
        if (known != null) {
            known.set(id);
        }
    }

    /** Keeps the start of the last line that began an event; its row gets it when it is written. */
    void sample(int id, SampleBytes sample) {
        if (id >= last.length) {
            last = Arrays.copyOf(last, Math.max(id + 1, last.length * 2));
        }
        last[id] = sample;
    }

    /** Gives a row the last sample there is. */
    void complete(TemplateRow row) {
        SampleBytes sample = row.id < last.length ? last[row.id] : null;
        if (sample != null) {
            row.lastSample(sample);
            last[row.id] = null;
        }
    }
}
