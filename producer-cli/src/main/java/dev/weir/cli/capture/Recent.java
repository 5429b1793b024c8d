package dev.weir.cli.capture;

import java.nio.ByteBuffer;

/** The newest bytes of a stream, in memory, for as long as no disk has them. Not thread-safe. */
final class Recent {
    private final int most;
    private byte[] bytes = new byte[1 << 9];
    private long start; // position of the first
    private int length;

    /** @param most bytes that it has room for */
    Recent(int most, long start) {
        this.most = most;
        this.start = start;
    }

    long start() {
        return start;
    }

    long end() {
        return start + length;
    }

    boolean isEmpty() {
        return length == 0;
    }

    boolean hasRoom(int more) {
        return length == 0 || length + more <= most;
    }

    void add(ByteBuffer more) {
        int coming = more.remaining();
        if (length + coming > bytes.length) {
            bytes = java.util.Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + coming));
        }
        more.get(bytes, length, coming);
        length += coming;
    }

    /** Forgets everything before this position; what is beyond the end begins there. */
    void dropTo(long position) {
        int gone = (int) Math.min(length, Math.max(0, position - start));
        if (gone > 0) {
            System.arraycopy(bytes, gone, bytes, 0, length - gone);
            length -= gone;
            start += gone;
        }
        if (length == 0) {
            start = Math.max(start, position);
        }
    }

    int read(ByteBuffer into, long position) {
        if (position < start || position >= end()) {
            return 0;
        }
        int at = (int) (position - start);
        int count = Math.min(into.remaining(), length - at);
        into.put(bytes, at, count);
        return count;
    }

    ByteBuffer all() {
        return ByteBuffer.wrap(bytes, 0, length);
    }
}
