package dev.weir.schemas;

import dev.weir.registry.AvroBytes;
import dev.weir.registry.WireException;
import dev.weir.registry.WireException.MalformedPayload;
import dev.weir.registry.WriterSchemas;
import java.util.Arrays;
import java.util.Objects;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the values of {@code weir.lines} without an object a line: {@link #read} goes over the whole record once, checks
 * every length and every rule of the contract, and notes where each entry lies. Only then can entries be asked for, so
 * that an exception comes before anything was used.
 *
 * <p>It knows the bytes of today's schema by heart. What an older or newer producer wrote goes through Avro's schema
 * resolution first and is slower, not different.
 *
 * <p>Not thread-safe. What it gives out is good until the next {@code read}.
 */
public final class LineBatchReader {
    private static final int INITIAL_ENTRIES = 1024;
    // Years 1 to 9999: a time outside of them is damage, and no calendar prints it.
    private static final long EARLIEST = -62_135_596_800_000L;
    private static final long LATEST = 253_402_300_799_999L;

    private static final int LAST = 1;
    private static final int NEWLINE = 2;

    /** What a record says; the order is the union's in RunRecord.avsc. */
    public enum Body {
        RUN_STARTED,
        LINE_BATCH,
        RUN_ENDED,
        HEARTBEAT
    }

    private final RunRecordLayout layout;
    private final AvroBytes bytes = new AvroBytes();
    private final ShortText source = new ShortText("source");
    private final ShortText stream = new ShortText("stream");

    private byte[] buffer = new byte[0];
    private int size;
    private @Nullable RunRecord record;
    private @Nullable Marker marker;
    private long epoch;
    private long firstSeq;
    private long baseTime;
    private int[] offsets = new int[INITIAL_ENTRIES];
    private int[] lengths = new int[INITIAL_ENTRIES];
    private int[] millis = new int[INITIAL_ENTRIES];
    private int[] parts = new int[INITIAL_ENTRIES];
    private byte[] flags = new byte[INITIAL_ENTRIES];

    public LineBatchReader(WriterSchemas schemas) {
        this.layout = new RunRecordLayout.OfSchemas(schemas);
    }

    private LineBatchReader(RunRecordLayout layout) {
        this.layout = layout;
    }

    /** Reads what another deserializer understands, Confluent's for instance, whatever its wire format. */
    public static LineBatchReader through(Deserializer<?> deserializer, String topic) {
        return new LineBatchReader(new RunRecordLayout.OfDeserializer(deserializer, topic));
    }

    /**
     * Reads a value in full.
     *
     * @throws WireException if it cannot be read; then this reader is empty
     */
    public Body read(byte @Nullable [] value) {
        clear();
        boolean whole = false;
        try {
            Body body = parse(value);
            whole = true;
            return body;
        } finally {
            if (!whole) {
                clear();
            }
        }
    }

    private void clear() {
        size = 0;
        record = null;
        marker = null;
    }

    private Body parse(byte @Nullable [] value) {
        RunRecordLayout.Located located = layout.locate(value);
        buffer = located.buffer();
        bytes.over(buffer, located.from(), buffer.length);
        Body body = BODIES[bytes.readIndex(BODIES.length)];
        if (body == Body.LINE_BATCH) {
            parseBatch();
        } else {
            bytes.over(buffer, located.from(), buffer.length).check(RunRecord.getClassSchema());
            bytes.checkEnd();
            record = RunRecordLayout.decode(buffer, located.from());
        }
        return body;
    }

    private static final Body[] BODIES = Body.values();

    private void parseBatch() {
        source.parse(bytes, buffer);
        stream.parse(bytes, buffer);
        epoch = bytes.readLong();
        firstSeq = bytes.readLong();
        baseTime = bytes.readLong();
        for (int block = bytes.readBlock(); block > 0; block = bytes.readBlock()) {
            // Five bytes is the least an entry takes: what claims more entries than that is not worth the memory.
            if (block > bytes.remaining() / 5) {
                throw new WireException.TruncatedPayload(
                        "it claims " + block + " more lines, " + bytes.remaining() + " bytes before its end");
            }
            makeRoom(size + block);
            for (int i = 0; i < block; i++) {
                parseEntry(size++);
            }
        }
        if (bytes.readIndex(2) == 1) {
            marker = parseMarker();
        }
        bytes.checkEnd();
        checkRules();
    }

    private void parseEntry(int entry) {
        millis[entry] = bytes.readInt();
        int length = bytes.readLength();
        lengths[entry] = length;
        offsets[entry] = bytes.skip(length);
        int part = bytes.readInt();
        parts[entry] = part;
        boolean last = bytes.readBoolean();
        boolean newline = bytes.readBoolean();
        flags[entry] = (byte) ((last ? LAST : 0) | (newline ? NEWLINE : 0));
        if (part < 0 || part == 0 && !last) {
            throw new MalformedPayload("line " + entry + " is part " + part + (last ? "" : " and not the last"));
        }
    }

    private Marker parseMarker() {
        MarkerKind kind = MarkerKind.values()[bytes.readIndex(MarkerKind.values().length)];
        long count = bytes.readLong();
        long left = bytes.readLong();
        ShortText reason = new ShortText("reason");
        reason.parse(bytes, buffer);
        if (count < 0) {
            throw new MalformedPayload("its marker counts " + count);
        }
        return new Marker(kind, count, left, reason.text());
    }

    private void checkRules() {
        if (source.text().isEmpty()) {
            throw new MalformedPayload("it names no source");
        }
        if (marker != null && size > 0) {
            throw new MalformedPayload("it has both lines and a marker");
        }
        if (firstSeq < 0 || firstSeq > Long.MAX_VALUE - taken()) {
            throw new MalformedPayload("its first sequence number is " + firstSeq);
        }
        if (baseTime < EARLIEST || baseTime > LATEST) {
            throw new MalformedPayload("its time is " + baseTime + " ms from 1970");
        }
    }

    private void makeRoom(int entries) {
        if (entries > offsets.length) {
            int room = Math.max(entries, offsets.length * 2);
            offsets = Arrays.copyOf(offsets, room);
            lengths = Arrays.copyOf(lengths, room);
            millis = Arrays.copyOf(millis, room);
            parts = Arrays.copyOf(parts, room);
            flags = Arrays.copyOf(flags, room);
        }
    }

    /** Of a line batch: the byte stream its entries come from. */
    public String source() {
        return source.text();
    }

    /** Of a line batch: stdout, stderr or file; the source's name if the producer gave none. */
    public String stream() {
        return stream.text().isEmpty() ? source.text() : stream.text();
    }

    /** Of a line batch: the stream as the producer gave it, possibly empty. */
    String givenStream() {
        return stream.text();
    }

    public long epoch() {
        return epoch;
    }

    public long firstSeq() {
        return firstSeq;
    }

    public long baseTime() {
        return baseTime;
    }

    /** Of a line batch: how many entries it carries; none if it carries a marker. */
    public int size() {
        return size;
    }

    /** How many sequence numbers the batch takes: its entries, or what its marker stands for. */
    public long taken() {
        return marker == null ? size : marker.getCount();
    }

    public @Nullable Marker marker() {
        return marker;
    }

    /** The bytes that {@link #offset} and {@link #length} point into; not to be altered. */
    public byte[] buffer() {
        return buffer;
    }

    public int offset(int entry) {
        return offsets[entry];
    }

    public int length(int entry) {
        return lengths[entry];
    }

    /** Milliseconds from {@link #baseTime} to when the entry was read at the edge. */
    public int offsetMillis(int entry) {
        return millis[entry];
    }

    /** 0 for a whole line; from 1, the number of this part of a long one. */
    public int part(int entry) {
        return parts[entry];
    }

    /** False if another part of the same line follows. */
    public boolean last(int entry) {
        return (flags[entry] & LAST) != 0;
    }

    public boolean newline(int entry) {
        return (flags[entry] & NEWLINE) != 0;
    }

    /** The entry's bytes, copied. */
    public byte[] text(int entry) {
        return Arrays.copyOfRange(buffer, offsets[entry], offsets[entry] + lengths[entry]);
    }

    /** What is read, if it is a {@link Body#RUN_STARTED}. */
    public RunStarted started() {
        return body(RunStarted.class);
    }

    /** What is read, if it is a {@link Body#RUN_ENDED}. */
    public RunEnded ended() {
        return body(RunEnded.class);
    }

    /** What is read, if it is a {@link Body#HEARTBEAT}. */
    public Heartbeat heartbeat() {
        return body(Heartbeat.class);
    }

    private <T> T body(Class<T> kind) {
        Object body = record == null ? null : record.getBody();
        if (!kind.isInstance(body)) {
            throw new IllegalStateException("Not a " + kind.getSimpleName());
        }
        return kind.cast(Objects.requireNonNull(body));
    }
}
