package dev.weir.registry;

import java.util.List;
import org.apache.avro.Schema;

/**
 * Walks Avro's binary encoding and never past its end. Avro's own decoder believes the lengths it finds: a value of ten
 * bytes may make it allocate gigabytes, or loop over billions of items that take no bytes. {@link #check} goes over
 * a value by its schema before that decoder sees it.
 *
 * <p>Not thread-safe; made to be reused.
 */
public final class AvroBytes {
    private static final int DEEPEST = 64;
    private static final int MOST_ITEMS = 4_000_000;

    private byte[] buffer = new byte[0];
    private int position;
    private int end;
    private int items;

    public AvroBytes over(byte[] bytes, int from, int to) {
        buffer = bytes;
        position = from;
        end = to;
        items = 0;
        return this;
    }

    public int position() {
        return position;
    }

    public int remaining() {
        return end - position;
    }

    public long readLong() {
        if (position < end && buffer[position] >= 0) { // most numbers take one byte
            int one = buffer[position++];
            return (one >>> 1) ^ -(one & 1);
        }
        return longer();
    }

    private long longer() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            if (position >= end) {
                throw new WireException.TruncatedPayload("it ends within a number");
            }
            byte next = buffer[position++];
            if (shift == 63 && (next & 0x7E) != 0) {
                break;
            }
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return (value >>> 1) ^ -(value & 1);
            }
        }
        throw new WireException.MalformedPayload("a number has more than 64 bits");
    }

    public int readInt() {
        long value = readLong();
        if (value != (int) value) {
            throw new WireException.MalformedPayload("a number has more than 32 bits");
        }
        return (int) value;
    }

    public boolean readBoolean() {
        int at = skip(1);
        byte value = buffer[at];
        if (value != 0 && value != 1) {
            throw new WireException.MalformedPayload("a boolean is neither 0 nor 1");
        }
        return value == 1;
    }

    /** The length of a string or of bytes that are there in full. */
    public int readLength() {
        long length = readLong();
        if (length < 0) {
            throw new WireException.MalformedPayload("a length is negative");
        }
        if (length > end - position) {
            throw new WireException.TruncatedPayload(
                    "a field of " + length + " bytes begins " + (end - position) + " bytes before the end");
        }
        return (int) length;
    }

    /** Passes over that many bytes; where they began. */
    public int skip(int bytes) {
        if (bytes > end - position) {
            throw new WireException.TruncatedPayload("it ends within a field");
        }
        int at = position;
        position += bytes;
        return at;
    }

    /**
     * How many items the next block of an array or map has; 0 after the last block. A block's size in bytes, where it is
     * given, is only looked at: the items themselves say where they end.
     */
    public int readBlock() {
        long count = readLong();
        if (count < 0) {
            long size = readLong();
            if (count == Long.MIN_VALUE || size < 0 || size > end - position) {
                throw new WireException.MalformedPayload("a block of items has an impossible size");
            }
            count = -count;
        }
        if (count > MOST_ITEMS - items) {
            throw new WireException.MalformedPayload("it claims more than " + MOST_ITEMS + " items");
        }
        items += (int) count;
        return (int) count;
    }

    /** Goes over one value of that schema. */
    public void check(Schema schema) {
        check(schema, DEEPEST);
    }

    /** After the last value, nothing may be left. */
    public void checkEnd() {
        if (position != end) {
            throw new WireException.MalformedPayload((end - position) + " bytes follow its end");
        }
    }

    private void check(Schema schema, int depth) {
        if (depth == 0) {
            throw new WireException.MalformedPayload("it is nested more than " + DEEPEST + " levels deep");
        }
        switch (schema.getType()) {
            case NULL -> {}
            case BOOLEAN -> readBoolean();
            case INT -> readInt();
            case LONG -> readLong();
            case FLOAT -> skip(4);
            case DOUBLE -> skip(8);
            case FIXED -> skip(schema.getFixedSize());
            case BYTES, STRING -> skip(readLength());
            case ENUM -> readIndex(schema.getEnumSymbols().size());
            case UNION -> {
                List<Schema> branches = schema.getTypes();
                check(branches.get(readIndex(branches.size())), depth - 1);
            }
            case RECORD -> {
                for (Schema.Field field : schema.getFields()) {
                    check(field.schema(), depth - 1);
                }
            }
            case ARRAY -> {
                for (int block = readBlock(); block > 0; block = readBlock()) {
                    for (int i = 0; i < block; i++) {
                        check(schema.getElementType(), depth - 1);
                    }
                }
            }
            case MAP -> {
                for (int block = readBlock(); block > 0; block = readBlock()) {
                    for (int i = 0; i < block; i++) {
                        skip(readLength());
                        check(schema.getValueType(), depth - 1);
                    }
                }
            }
        }
    }

    /** The branch of a union, or the symbol of an enum, of so many. */
    public int readIndex(int of) {
        long index = readLong();
        if (index < 0 || index >= of) {
            throw new WireException.MalformedPayload("a choice is " + index + " of " + of);
        }
        return (int) index;
    }
}
