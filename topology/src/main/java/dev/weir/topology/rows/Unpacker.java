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

    /** @throws Layout.Foreign if another version wrote the row */
    public Unpacker(byte[] bytes) {
        this.bytes = bytes;
        position = STAMP;
        if (bytes.length <= STAMP) {
            throw new Layout.Foreign("0");
        }
        int layout = octet();
        if (!Layout.known(layout)) {
            throw new Layout.Foreign(Integer.toString(layout));
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
