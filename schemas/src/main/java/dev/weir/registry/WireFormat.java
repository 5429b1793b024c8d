package dev.weir.registry;

import org.jspecify.annotations.Nullable;

/** Confluent's frame: a zero byte, the schema's id in four bytes, big end first, and then Avro's binary encoding. */
public final class WireFormat {
    public static final int HEADER = 5;

    private static final byte MAGIC = 0;

    private WireFormat() {}

    /** The id in a framed value's header. */
    public static int schemaId(byte @Nullable [] framed) {
        if (framed == null || framed.length == 0) {
            throw new WireException.TruncatedPayload("it is empty, where a header of 5 bytes and Avro belong");
        }
        if (framed[0] != MAGIC) {
            throw new WireException.ForeignMagicByte(framed[0]);
        }
        if (framed.length < HEADER) {
            throw new WireException.TruncatedPayload(
                    "it has " + framed.length + " bytes, where a header of 5 and Avro belong");
        }
        return (framed[1] & 0xFF) << 24 | (framed[2] & 0xFF) << 16 | (framed[3] & 0xFF) << 8 | framed[4] & 0xFF;
    }

    /** Writes the header to the buffer's first five bytes. */
    public static void putHeader(byte[] framed, int schemaId) {
        framed[0] = MAGIC;
        framed[1] = (byte) (schemaId >>> 24);
        framed[2] = (byte) (schemaId >>> 16);
        framed[3] = (byte) (schemaId >>> 8);
        framed[4] = (byte) schemaId;
    }
}
