package dev.weir.drain;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads what {@link RowWriter} wrote, and refuses anything else with an {@link IllegalArgumentException}. */
final class RowReader {
    private final byte[] row;
    private int at;

    RowReader(byte[] row) {
        this.row = row;
    }

    long number() {
        long v = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            byte b = next();
            v |= (b & 0x7FL) << shift;
            if (b >= 0) {
                return v >>> 1 ^ -(v & 1);
            }
        }
        throw damaged("a number of more than ten bytes");
    }

    /** A number within bounds. */
    int number(int least, int most) {
        long v = number();
        if (v < least || v > most) {
            throw damaged(v + " where " + least + " to " + most + " was expected");
        }
        return (int) v;
    }

    long fixed() {
        long v = 0;
        for (int i = 0; i < 8; i++) {
            v |= (next() & 255L) << 8 * i;
        }
        return v;
    }

    byte[] bytes() {
        int length = number(0, row.length - at);
        if (length > row.length - at) {
            throw damaged("a length of " + length);
        }
        at += length;
        return Arrays.copyOfRange(row, at - length, at);
    }

    String text() {
        byte[] text = bytes();
        return text.length == 1 && text[0] >= 0 ? Bytes.latin1(text, 0, 1) : new String(text, StandardCharsets.UTF_8);
    }

    boolean atEnd() {
        return at == row.length;
    }

    IllegalArgumentException damaged(String what) {
        return new IllegalArgumentException("Damaged row: " + what + " before byte " + at + " of " + row.length
                + "; restore the run from a sound copy of its state");
    }

    private byte next() {
        if (at == row.length) {
            throw damaged("the row ends too early");
        }
        return row[at++];
    }
}
