package dev.weir.topology.rows;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what {@link Packer} wrote. */
public final class Unpacker {
    private static final int STAMP = 8;

    private final byte[] bytes;
    private int position;

    /** @param newest the newest version of this row's layout that the caller can read */
    public Unpacker(byte[] bytes, String row, int newest) {
        this.bytes = bytes;
        position = STAMP;
        int version = octet();
        if (version < 1 || version > newest) {
            throw new IllegalStateException(
                    "A " + row + " row has layout " + version + ", this weir reads 1 to " + newest
                            + ": it was written by a newer weir; start that one again, or set another WEIR_APPLICATION_ID");
        }
    }

    /** The offset of the record that a row reflects. */
    public static long stamp(byte[] row) {
        long value = 0;
        for (int i = 0; i < STAMP; i++) {
            value = value << 8 | row[i] & 0xffL;
        }
        return value;
    }

    public int octet() {
        return bytes[position++] & 0xff;
    }

    public boolean flag() {
        return octet() != 0;
    }

    public long number() {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = bytes[position++];
            value |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }

    public int integer() {
        return (int) number();
    }

    public long signed() {
        long value = number();
        return value >>> 1 ^ -(value & 1);
    }

    public long fixed() {
        long value = 0;
        for (int i = 0; i < 8; i++) {
            value = value << 8 | bytes[position++] & 0xffL;
        }
        return value;
    }

    public byte[] blob() {
        int length = integer();
        byte[] value = Arrays.copyOfRange(bytes, position, position + length);
        position += length;
        return value;
    }

    public String text() {
        int length = integer();
        String value = new String(bytes, position, length, StandardCharsets.UTF_8);
        position += length;
        return value;
    }

    public @Nullable String maybe() {
        return flag() ? text() : null;
    }

    public Map<String, String> texts() {
        int size = integer();
        Map<String, String> map = new HashMap<>();
        for (int i = 0; i < size; i++) {
            map.put(text(), text());
        }
        return map;
    }

    public Map<String, Long> numbers() {
        int size = integer();
        Map<String, Long> map = new HashMap<>();
        for (int i = 0; i < size; i++) {
            map.put(text(), number());
        }
        return map;
    }

    public boolean more() {
        return position < bytes.length;
    }
}
