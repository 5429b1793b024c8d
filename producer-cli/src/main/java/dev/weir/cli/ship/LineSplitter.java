package dev.weir.cli.ship;

import dev.weir.schemas.LineBatchWriter;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a stream of bytes into entries: a line, or one part of a line longer than {@link #PART}. The cuts depend on the bytes
 * alone, never on how they arrived, so that a stream that is read again gets the same numbers.
 *
 * <p>Single-threaded. The window holds what has been read and not yet cut.
 */
final class LineSplitter {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long TOPS = 0x8080808080808080L;
    private static final long NEWLINES = ONES * '\n';

    static final int PART = LineBatchWriter.LARGEST_ENTRY;

    /** One entry of the window. {@code part} is 0 for a whole line, else the part's number from 1. */
    record Entry(int start, int length, int part, boolean last, boolean newline) {
        /** What it takes of the stream. */
        int size() {
            return length + (newline ? 1 : 0);
        }
    }

    private int part;

    /**
     * The first entry of {@code bytes[from, to)}, or null if more bytes are needed to know it.
     *
     * @param ended no byte will follow
     */
    @Nullable
    Entry first(byte[] bytes, int from, int to, boolean ended) {
        int limit = Math.min(to, from + PART);
        int at = beforeNewline(bytes, from, limit);
        while (at < limit && bytes[at] != '\n') {
            at++;
        }
        if (at < limit || (at < to && bytes[at] == '\n')) {
            return cut(from, at, true, true);
        }
        if (at < to) {
            return cut(from, at, false, false);
        }
        return ended && at > from ? cut(from, at, true, false) : null;
    }

    /** Some place before which there is no newline, at most seven bytes before the first. */
    private static int beforeNewline(byte[] bytes, int from, int to) {
        int at = from;
        for (; at <= to - Long.BYTES; at += Long.BYTES) {
            long zeros = (long) LONGS.get(bytes, at) ^ NEWLINES;
            if ((zeros - ONES & ~zeros & TOPS) != 0) {
                break;
            }
        }
        return at;
    }

    /** Bytes are missing here: what follows begins a line. */
    void reset() {
        part = 0;
    }

    private Entry cut(int from, int at, boolean last, boolean newline) {
        int number = last && part == 0 ? 0 : ++part;
        if (last) {
            part = 0;
        }
        return new Entry(from, at - from, number, last, newline);
    }
}
