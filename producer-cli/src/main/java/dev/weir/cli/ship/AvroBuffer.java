package dev.weir.cli.ship;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Avro's binary primitives, appended to one growing array. Single-threaded. */
final class AvroBuffer {
    private byte[] bytes;
    private int size;

    AvroBuffer(int room) {
        bytes = new byte[room];
    }

    void clear() {
        size = 0;
    }

    byte[] copy() {
        return Arrays.copyOf(bytes, size);
    }

    void raw(int value) {
        room(1);
        bytes[size++] = (byte) value;
    }

    /** Avro's zigzag variable-length integer. */
    void number(long value) {
        room(10);
        long rest = (value << 1) ^ (value >> 63);
        while ((rest & ~0x7FL) != 0) {
            bytes[size++] = (byte) (rest & 0x7F | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    void truth(boolean value) {
        raw(value ? 1 : 0);
    }

    void string(String text) {
        byte[] encoded = text.getBytes(UTF_8);
        number(encoded.length);
        room(encoded.length);
        System.arraycopy(encoded, 0, bytes, size, encoded.length);
        size += encoded.length;
    }

    /** A union of null and string. */
    void optional(@Nullable String text) {
        if (text == null) {
            number(0);
        } else {
            number(1);
            string(text);
        }
    }

    void strings(List<String> strings) {
        if (!strings.isEmpty()) {
            number(strings.size());
            strings.forEach(this::string);
        }
        number(0);
    }

    void strings(Map<String, String> strings) {
        if (!strings.isEmpty()) {
            number(strings.size());
            strings.forEach((name, value) -> {
                string(name);
                string(value);
            });
        }
        number(0);
    }

    private void room(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }
}
