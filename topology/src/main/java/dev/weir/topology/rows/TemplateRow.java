package dev.weir.topology.rows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One template: what a reader shows of it, and the miner's own row. Written when it changes, and when it is first
 * touched in a bucket, so that it leaves with the last bucket that saw it. Nothing is taken back by deleting a row: one
 * that left, or went into another, is marked. Mutable, confined to one stream task.
 */
public final class TemplateRow {
    private static final int MOST_TEXTS = 8;
    private static final int MOST_STREAMS = 16;
    public static final int SAMPLE_BYTES = 256;

    public static final int LIVE = 0;
    public static final int MERGED = 1;
    public static final int EVICTED = 2;

    public final int id;
    public int fate = LIVE;
    public int mergedInto = -1;
    public long changedAt;
    public long changedTime;
    public long fingerprint;
    public int level;
    public int lane;
    public boolean overflow;
    /** 0: no baseline. 1: the last good run had it. 2: it is novel. */
    public int novel;

    public long firstOffset;
    public int firstIndex;
    public long firstTime;
    public long firstEventTime;
    public String text = "";
    public final List<EarlierText> texts = new ArrayList<>();
    public final List<String> streams = new ArrayList<>();
    private @Nullable SampleBytes first;
    private @Nullable SampleBytes last;
    /** Ids of all that went into this one, at any time: their tallies stay theirs and count for it. */
    public int[] absorbed = new int[0];
    /** The miner's own row of this template. */
    public byte[] learnt = new byte[0];

    /** What its row and its slots' row took when they were written last; not part of the row. */
    public int rowBytes;

    public int slotBytes;

    public boolean live() {
        return fate == LIVE;
    }

    /** A text it had until an offset. */
    public record EarlierText(long offset, long time, String text) {}

    /** The start of a line. */
    public record SampleBytes(long offset, int index, byte[] bytes) {
        /** Of a line that lies in a buffer. */
        public static SampleBytes of(long offset, int index, byte[] line, int from, int length) {
            return new SampleBytes(
                    offset, index, Arrays.copyOfRange(line, from, from + Math.min(length, SAMPLE_BYTES)));
        }

        boolean before(SampleBytes other) {
            return offset < other.offset || offset == other.offset && index < other.index;
        }
    }

    public TemplateRow(int id) {
        this.id = id;
    }

    public void text(String now, long atOffset, long atTime) {
        if (!text.equals(now) && !text.isEmpty()) {
            if (texts.size() == MOST_TEXTS) {
                texts.remove(0);
            }
            texts.add(new EarlierText(atOffset, atTime, text));
        }
        text = now;
    }

    /** Takes in another template, with all that it has taken in before. */
    public void absorb(TemplateRow other) {
        int before = absorbed.length;
        absorbed = Arrays.copyOf(absorbed, before + 1 + other.absorbed.length);
        absorbed[before] = other.id;
        System.arraycopy(other.absorbed, 0, absorbed, before + 1, other.absorbed.length);
        other.fate = MERGED;
        other.mergedInto = id;
        if (other.firstOffset < firstOffset || other.firstOffset == firstOffset && other.firstIndex < firstIndex) {
            firstOffset = other.firstOffset;
            firstIndex = other.firstIndex;
            firstTime = other.firstTime;
            firstEventTime = other.firstEventTime;
        }
        other.streams.forEach(this::stream);
    }

    /** The first line's sample is kept for good. */
    public void firstSample(SampleBytes sample) {
        first = first == null ? sample : first;
    }

    /** The last line's sample; null while the first is the only one. */
    public @Nullable SampleBytes lastSample() {
        return last;
    }

    /** Takes a last sample, if it is later than those it has. */
    public void lastSample(@Nullable SampleBytes other) {
        if (other == null) {
            return;
        }
        if (first == null) {
            first = other;
        } else if (first.before(other) && (last == null || last.before(other))) {
            last = other;
        }
    }

    /** Of the first line; if there are more, of the last one that began an event, as it was when a row was written. */
    public List<SampleBytes> samples() {
        return first == null ? List.of() : last == null ? List.of(first) : List.of(first, last);
    }

    /** Notes a stream, and tells whether it is new. */
    public boolean stream(String name) {
        for (String known : streams) {
            if (known.equals(name)) {
                return false;
            }
        }
        return streams.size() < MOST_STREAMS && streams.add(name);
    }

    public byte[] pack(Packer out) {
        out.start(Layout.CURRENT)
                .octet(fate)
                .signed(mergedInto)
                .signed(changedAt)
                .number(changedTime);
        out.fixed(fingerprint).octet(level).octet(lane).flag(overflow).octet(novel);
        out.number(firstOffset)
                .number(firstIndex)
                .number(firstTime)
                .signed(firstEventTime)
                .text(text);
        out.number(texts.size());
        texts.forEach(one -> out.number(one.offset).number(one.time).text(one.text));
        out.number(streams.size());
        streams.forEach(out::text);
        out.number(samples().size());
        samples().forEach(one -> out.number(one.offset).number(one.index).blob(one.bytes));
        out.number(absorbed.length);
        for (int one : absorbed) {
            out.number(one);
        }
        return out.blob(learnt).toBytes();
    }

    public static TemplateRow unpack(int id, byte[] row) {
        Unpacker in = new Unpacker(row);
        TemplateRow template = new TemplateRow(id);
        template.fate = in.octet();
        template.mergedInto = (int) in.signed();
        template.changedAt = in.signed();
        template.changedTime = in.number();
        template.fingerprint = in.fixed();
        template.level = in.octet();
        template.lane = in.octet();
        template.overflow = in.flag();
        template.novel = in.octet();
        template.firstOffset = in.number();
        template.firstIndex = in.integer();
        template.firstTime = in.number();
        template.firstEventTime = in.signed();
        template.text = in.text();
        for (int left = in.integer(); left > 0; left--) {
            template.texts.add(new EarlierText(in.number(), in.number(), in.text()));
        }
        for (int left = in.integer(); left > 0; left--) {
            template.streams.add(in.text());
        }
        for (int left = in.integer(); left > 0; left--) {
            template.lastSample(new SampleBytes(in.number(), in.integer(), in.blob()));
        }
        template.absorbed = new int[in.integer()];
        for (int i = 0; i < template.absorbed.length; i++) {
            template.absorbed[i] = in.integer();
        }
        template.learnt = in.blob();
        return template;
    }
}
