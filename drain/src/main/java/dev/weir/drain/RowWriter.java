package dev.weir.drain;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes a row: variable-length numbers and byte strings. */
final class RowWriter {
    private byte[] row = new byte[128];
    private int n;

    /** A number, small ones in few bytes; negative ones are fine. */
    RowWriter number(long value) {
        long v = value << 1 ^ value >> 63;
        room(10);
        while ((v & ~0x7FL) != 0) {
            row[n++] = (byte) (v & 0x7F | 0x80);
            v >>>= 7;
        }
        row[n++] = (byte) v;
        return this;
    }

    RowWriter fixed(long value) {
        room(8);
        for (int i = 0; i < 8; i++) {
            row[n++] = (byte) (value >>> 8 * i);
        }
        return this;
    }

    RowWriter bytes(byte[] value, int from, int length) {
        number(length);
        room(length);
        System.arraycopy(value, from, row, n, length);
        n += length;
        return this;
    }

    RowWriter text(String text) {
        byte[] value = text.getBytes(StandardCharsets.UTF_8);
        return bytes(value, 0, value.length);
    }

    int size() {
        return n;
    }

    void cut(int size) {
        n = size;
    }

    byte[] row() {
        return Arrays.copyOf(row, n);
    }

    private void room(int more) {
        if (n + more > row.length) {
            row = Arrays.copyOf(row, Math.max(row.length * 2, n + more));
        }
    }
}
