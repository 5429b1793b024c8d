package dev.weir.cli.capture;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a stream from {@code start} to {@code end}, and what is known of them. On disk it is a record of {@link #RECORD}
 * bytes with a checksum of its own.
 *
 * @param lost {@link #CHECKED}, {@link #UNCHECKED}, or how many entries were in it if its bytes were given up
 */
record Span(long start, long end, long time, long lost, int sum) {
    static final long CHECKED = -1;
    static final long UNCHECKED = -2;
    static final int RECORD = 40;

    boolean isLost() {
        return lost >= 0;
    }

    boolean isChecked() {
        return lost == CHECKED;
    }

    byte[] toBytes() {
        ByteBuffer record = ByteBuffer.allocate(RECORD)
                .putLong(start)
                .putLong(end)
                .putLong(time)
                .putLong(lost)
                .putInt(sum);
        return record.putInt(sumOf(record.array())).array();
    }

    /** Null if the record is torn or damaged. */
    static @Nullable Span from(byte[] bytes) {
        ByteBuffer record = ByteBuffer.wrap(bytes);
        Span span = new Span(record.getLong(), record.getLong(), record.getLong(), record.getLong(), record.getInt());
        return record.getInt() == sumOf(bytes) ? span : null;
    }

    /** Those of these records that are whole. */
    static List<Span> allIn(byte[] records) {
        List<Span> spans = new ArrayList<>();
        for (int at = 0; at + RECORD <= records.length; at += RECORD) {
            Span span = from(Arrays.copyOfRange(records, at, at + RECORD));
            if (span != null) {
                spans.add(span);
            }
        }
        return spans;
    }

    private static int sumOf(byte[] record) {
        CRC32 sum = new CRC32();
        sum.update(record, 0, RECORD - Integer.BYTES);
        return (int) sum.getValue();
    }
}
