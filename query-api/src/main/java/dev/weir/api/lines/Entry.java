package dev.weir.api.lines;

import java.nio.charset.StandardCharsets;

/**
 * One entry of weir.lines as it lies there: a line, a part of a long one, or in place of lines that will never come a
 * marker.
 *
 * @param arrived when the broker took its batch
 * @param read when the producer read it, by the producer's clock
 * @param seq its number in its source
 * @param reason why lines are missing here; empty for a line
 * @param count how many lines a marker stands for
 */
record Entry(
        Kind kind,
        long offset,
        int index,
        long arrived,
        long read,
        String source,
        String stream,
        long seq,
        byte[] bytes,
        int part,
        boolean last,
        boolean newline,
        String reason,
        long count) {

    String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    boolean isLine() {
        return kind == Kind.LINE;
    }

    /** What stands in a stream of entries. MISSED is told to a watcher that was too slow, ENDED to one whose run ended. */
    enum Kind {
        LINE,
        DROPPED,
        GAP,
        MISSED,
        ENDED
    }

    static Entry told(Kind kind, long offset, long arrived, String reason, long count) {
        return new Entry(kind, offset, 0, arrived, arrived, "", "", -1, new byte[0], 0, true, true, reason, count);
    }
}
