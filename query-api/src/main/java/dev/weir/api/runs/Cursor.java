package dev.weir.api.runs;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * A place in a run from which the next answer tells only what changed. It holds no server's state, so that it survives
 * restarts and moves between servers, and no wall-clock time, so that asking twice for the same gives the same.
 *
 * @param run hash of tenant and run: a cursor is good for one run only
 * @param offset what the answer reflected, in the run's partition of weir.lines
 * @param time when that record arrived
 * @param facts hash of status and accounting
 * @param quietUpTo templates last seen up to this were already told to be quiet
 * @param nextQuiet when the template that goes quiet next was last seen; {@code Long.MAX_VALUE} if there is none
 */
record Cursor(int run, long offset, long time, int facts, long quietUpTo, long nextQuiet) {
    private static final byte VERSION = 1;
    private static final int LONGEST = 64;

    String text() {
        ByteBuffer bytes = ByteBuffer.allocate(LONGEST).put(VERSION).putInt(run).putInt(facts);
        number(bytes, offset + 1);
        number(bytes, time);
        number(bytes, quietUpTo == 0 ? 0 : ago(quietUpTo));
        number(bytes, nextQuiet == Long.MAX_VALUE ? 0 : ago(nextQuiet));
        byte[] used = new byte[bytes.position()];
        bytes.flip().get(used);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(used);
    }

    /** Both bounds lie at or before the last record, so that what they are behind it is small. */
    private long ago(long bound) {
        return Math.max(1, time - bound + 1);
    }

    /** Empty for what is no cursor, or one of a version that this server does not know. */
    static Optional<Cursor> parse(String text) {
        if (text.length() > 2 * LONGEST) {
            return Optional.empty();
        }
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
            if (bytes.get() != VERSION) {
                return Optional.empty();
            }
            int run = bytes.getInt();
            int facts = bytes.getInt();
            long offset = number(bytes) - 1;
            long time = number(bytes);
            long quiet = number(bytes);
            long next = number(bytes);
            if (bytes.hasRemaining()) {
                return Optional.empty();
            }
            return Optional.of(new Cursor(
                    run,
                    offset,
                    time,
                    facts,
                    quiet == 0 ? 0 : time + 1 - quiet,
                    next == 0 ? Long.MAX_VALUE : time + 1 - next));
        } catch (IllegalArgumentException | java.nio.BufferUnderflowException damaged) {
            return Optional.empty();
        }
    }

    static int hashOf(String tenant, String run) {
        CRC32 crc = new CRC32();
        crc.update((tenant + "/" + run).getBytes(java.nio.charset.StandardCharsets.UTF_8));
        return (int) crc.getValue();
    }

    private static void number(ByteBuffer bytes, long value) {
        long left = value;
        while ((left & ~0x7fL) != 0) {
            bytes.put((byte) (left & 0x7f | 0x80));
            left >>>= 7;
        }
        bytes.put((byte) left);
    }

    private static long number(ByteBuffer bytes) {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte part = bytes.get();
            value |= (long) (part & 0x7f) << shift;
            if (part >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("number of more than ten bytes");
    }
}
