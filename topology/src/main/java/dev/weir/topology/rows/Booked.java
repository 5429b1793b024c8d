package dev.weir.topology.rows;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What every batch with lines of a template asks or notes of it, together and within reach: of ten thousand templates
 * none is in the processor's caches, and each object behind another is waited for.
 */
abstract class Booked {
    /** Lines and events already in the tallies; not part of the row. */
    public long bookedLines;

    public long bookedEvents;
    /** Start of the bucket of its newest row; not part of the row. */
    public long bucket = -1;

    public int level;

    /** The stream last asked for. */
    private @Nullable String stream;

    private TemplateRow.@Nullable SampleBytes first;
    private TemplateRow.@Nullable SampleBytes last;

    /** Notes a stream, and tells whether it is new. */
    public boolean stream(String name) {
        if (name.equals(stream)) {
            return false;
        }
        stream = name;
        return addStream(name);
    }

    abstract boolean addStream(String name);

    /** Keeps the start of a line: of the first one for good, else in place of the last one. */
    public void sample(long atOffset, int index, byte[] line, int from, int length) {
        if (last != null || first == null || first.before(atOffset, index)) {
            int to = from + Math.min(length, TemplateRow.SAMPLE_BYTES);
            sample(new TemplateRow.SampleBytes(atOffset, index, Arrays.copyOfRange(line, from, to)));
        }
    }

    void sample(TemplateRow.SampleBytes sample) {
        if (first == null) {
            first = sample;
        } else {
            last = sample;
        }
    }

    /** The last line's sample; null while the first is the only one. */
    public TemplateRow.@Nullable SampleBytes lastSample() {
        return last;
    }

    /** Takes a last sample that another row has, if it is later than its own. */
    public void lastSample(TemplateRow.@Nullable SampleBytes other) {
        if (other != null && samples().stream().allMatch(own -> own.before(other.offset(), other.index()))) {
            sample(other);
        }
    }

    /** Of the first line; if there are more, of the last one that began an event, as it was when a row was written. */
    public List<TemplateRow.SampleBytes> samples() {
        return first == null ? List.of() : last == null ? List.of(first) : List.of(first, last);
    }
}
