package dev.weir.topology.rows;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes a row: variable-length integers, so that the usual row stays small. Reused; not thread-safe. */
public final class Packer {
    private byte[] bytes = new byte[512];
    private int size;
    private long stamp;

    /** Every row from here on reflects the record at this offset. */
    public Packer at(long offset) {
        stamp = offset;
        return this;
    }

    /** Starts a row with its stamp and the version of its layout. */
    public Packer start(int version) {
        size = 0;
        return fixed(stamp).octet(version);
    }

    public Packer octet(int value) {
        room(1);
        bytes[size++] = (byte) value;
        return this;
    }

    public Packer flag(boolean value) {
        return octet(value ? 1 : 0);
    }

    /** An integer that is seldom negative: ten bytes if it is. */
    public Packer number(long value) {
        room(10);
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            bytes[size++] = (byte) (rest & 0x7f | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
        return this;
    }

    /** An integer that may well be negative. */
    public Packer signed(long value) {
        return number(value << 1 ^ value >> 63);
    }

    public Packer fixed(long value) {
        room(8);
        for (int shift = 56; shift >= 0; shift -= 8) {
            bytes[size++] = (byte) (value >>> shift);
        }
        return this;
    }

    public Packer blob(byte[] value) {
        return blob(value, 0, value.length);
    }

    public Packer blob(byte[] value, int from, int length) {
        number(length);
        room(length);
        System.arraycopy(value, from, bytes, size, length);
        size += length;
        return this;
    }

    public Packer text(String value) {
        return blob(value.getBytes(StandardCharsets.UTF_8));
    }

    public Packer maybe(@Nullable String value) {
        flag(value != null);
        return value == null ? this : text(value);
    }

    /** Sorted, so that equal maps give equal rows. */
    public Packer texts(Map<String, String> map) {
        number(map.size());
        new TreeMap<>(map).forEach((key, value) -> text(key).text(value));
        return this;
    }

    public Packer numbers(Map<String, Long> map) {
        number(map.size());
        new TreeMap<>(map).forEach((key, value) -> text(key).number(value));
        return this;
    }

    public byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    private void room(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }
}
