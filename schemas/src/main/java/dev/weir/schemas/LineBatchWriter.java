package dev.weir.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.registry.WireFormat;
import java.util.Arrays;

/**
 * Builds values of {@code weir.lines} that hold a batch of lines, straight into bytes: a producer has no object a line
 * either, and the command need not load Avro before its first line is on its way.
 *
 * <p>Begin, add entries, take the value; then begin again. Not thread-safe.
 */
public final class LineBatchWriter {
    /** Longer lines are split into parts of this size. */
    public static final int LARGEST_ENTRY = 256 << 10;

    /** What an entry takes beside its text, at most. */
    public static final int ENTRY_OVERHEAD = 17;

    private static final int LINE_BATCH = 1;
    private static final int LONGEST_NUMBER = 10;

    private byte[] head = new byte[128];
    private int headEnd;
    private byte[] body;
    private int bodyEnd;
    private int entries;

    public LineBatchWriter(int expectedBytes) {
        this.body = new byte[Math.max(expectedBytes, 64)];
    }

    /** Forgets everything and begins a batch of that source. */
    public void begin(String source, String stream, long epoch, long firstSeq, long baseTime) {
        byte[] sourceBytes = source.getBytes(UTF_8);
        byte[] streamBytes = stream.getBytes(UTF_8);
        int room = sourceBytes.length + streamBytes.length + 6 * LONGEST_NUMBER;
        if (head.length < room) {
            head = new byte[room];
        }
        headEnd = putLong(head, 0, LINE_BATCH);
        headEnd = putBytes(head, headEnd, sourceBytes, 0, sourceBytes.length);
        headEnd = putBytes(head, headEnd, streamBytes, 0, streamBytes.length);
        headEnd = putLong(head, headEnd, epoch);
        headEnd = putLong(head, headEnd, firstSeq);
        headEnd = putLong(head, headEnd, baseTime);
        bodyEnd = 0;
        entries = 0;
    }

    /** Adds a whole line, which had a newline. */
    public void add(byte[] text, int offset, int length, int offsetMillis) {
        add(text, offset, length, offsetMillis, 0, true, true);
    }

    /**
     * Adds an entry.
     *
     * @param part 0 for a whole line; from 1, the number of this part of a long one
     */
    public void add(byte[] text, int offset, int length, int offsetMillis, int part, boolean last, boolean newline) {
        makeRoom(length + ENTRY_OVERHEAD);
        int at = putLong(body, bodyEnd, offsetMillis);
        at = putBytes(body, at, text, offset, length);
        at = putLong(body, at, part);
        body[at++] = (byte) (last ? 1 : 0);
        body[at++] = (byte) (newline ? 1 : 0);
        bodyEnd = at;
        entries++;
    }

    public boolean isEmpty() {
        return entries == 0;
    }

    public int entries() {
        return entries;
    }

    /** Bytes of the value as it stands, give or take a few. */
    public int bytes() {
        return WireFormat.HEADER + headEnd + bodyEnd + LONGEST_NUMBER + 2;
    }

    /** The value, framed for the registry's id of {@link RunRecord}'s schema. */
    public byte[] framed(int schemaId) {
        byte[] framed = new byte[exactSize()];
        WireFormat.putHeader(framed, schemaId);
        putValue(framed, WireFormat.HEADER);
        return framed;
    }

    /** The same as an object, for a serializer that only takes those. */
    public RunRecord toRecord() {
        byte[] value = new byte[exactSize() - WireFormat.HEADER];
        putValue(value, 0);
        return RunRecordLayout.decode(value, 0);
    }

    private int exactSize() {
        return WireFormat.HEADER + headEnd + (entries == 0 ? 0 : sizeOf(entries) + bodyEnd) + 2;
    }

    private void putValue(byte[] value, int from) {
        int at = from;
        System.arraycopy(head, 0, value, at, headEnd);
        at += headEnd;
        if (entries > 0) {
            at = putLong(value, at, entries);
            System.arraycopy(body, 0, value, at, bodyEnd);
            at += bodyEnd;
        }
        value[at++] = 0; // no more blocks of lines
        value[at] = 0; // no marker
    }

    private void makeRoom(int more) {
        if (body.length - bodyEnd < more) {
            body = Arrays.copyOf(body, Math.max(Math.addExact(bodyEnd, more), body.length * 2));
        }
    }

    private static int putBytes(byte[] to, int at, byte[] from, int offset, int length) {
        int textAt = putLong(to, at, length);
        System.arraycopy(from, offset, to, textAt, length);
        return textAt + length;
    }

    private static int putLong(byte[] to, int at, long value) {
        long zigzag = value << 1 ^ value >> 63;
        int next = at;
        while ((zigzag & ~0x7FL) != 0) {
            to[next++] = (byte) (zigzag & 0x7F | 0x80);
            zigzag >>>= 7;
        }
        to[next++] = (byte) zigzag;
        return next;
    }

    private static int sizeOf(int positive) {
        int size = 1;
        for (long rest = (long) positive << 1; rest > 0x7F; rest >>>= 7) {
            size++;
        }
        return size;
    }
}
