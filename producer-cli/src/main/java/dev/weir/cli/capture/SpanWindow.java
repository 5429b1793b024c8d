package dev.weir.cli.capture;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Spans in the order of their positions, as numbers in one array: there are a hundred a second. Not thread-safe. */
final class SpanWindow {
    private static final int FIELDS = 5;

    private long[] spans = new long[FIELDS * 16];
    private int from;
    private int to;

    int size() {
        return (to - from) / FIELDS;
    }

    /** Where the last one ends. */
    long end() {
        return to == from ? 0 : spans[to - FIELDS + 1];
    }

    void put(Span span) {
        if (to == spans.length) {
            int length = to - from;
            if (length > spans.length / 2) {
                spans = Arrays.copyOfRange(spans, from, from + spans.length * 2);
            } else {
                System.arraycopy(spans, from, spans, 0, length);
            }
            from = 0;
            to = length;
        }
        spans[to++] = span.start();
        spans[to++] = span.end();
        spans[to++] = span.time();
        spans[to++] = span.lost();
        spans[to++] = span.sum();
    }

    /** The one with this position, or the first behind it. */
    @Nullable
    Span at(long position) {
        int i = indexAt(position);
        return i >= to ? null : new Span(spans[i], spans[i + 1], spans[i + 2], spans[i + 3], (int) spans[i + 4]);
    }

    /** When the byte at this position came. */
    long timeAt(long position, long otherwise) {
        int i = indexAt(position);
        if (i < to && spans[i] <= position) {
            return spans[i + 2];
        }
        return i > from ? spans[i - FIELDS + 2] : i < to ? spans[i + 2] : otherwise;
    }

    /** Up to where what came at this position's time goes on; the position itself if that is not known. */
    long sameTimeUntil(long position) {
        int i = indexAt(position);
        return i < to && spans[i] <= position ? spans[i + 1] : position;
    }

    /** Of the first that ends behind this position. */
    private int indexAt(long position) {
        int low = 0;
        int high = size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (spans[from + FIELDS * middle + 1] <= position) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return from + low * FIELDS;
    }

    /** Lets go of everything before this position, but for the last. */
    void forget(long position) {
        while (from + FIELDS < to && spans[from + 1] <= position) {
            from += FIELDS;
        }
    }
}
