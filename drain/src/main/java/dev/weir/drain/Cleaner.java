package dev.weir.drain;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Takes out of a line what only a terminal understands: colour codes and other escape sequences, and all but the last
 * state of a progress bar that rewrote its line with carriage returns.
 */
final class Cleaner {
    static final byte ESC = 0x1b;
    private static final byte BEL = 7;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long TOPS = 0x8080808080808080L;

    byte[] buffer = new byte[512];

    /** Whether the line last cleaned had rewritten itself: then its first column is not where a terminal shows it. */
    boolean rewritten;

    /** Whether the line needs cleaning: eight bytes at a time, as nearly every line does not. */
    static boolean dirty(byte[] b, int from, int to) {
        int i = from;
        for (; i + 8 <= to; i += 8) {
            if (dirty((long) LONGS.get(b, i))) {
                return true;
            }
        }
        if (i < to && to >= from + 8) {
            return dirty((long) LONGS.get(b, to - 8));
        }
        for (; i < to; i++) {
            if (b[i] == ESC || b[i] == '\r') {
                return true;
            }
        }
        return false;
    }

    private static boolean dirty(long v) {
        long esc = v ^ ONES * ESC;
        long cr = v ^ ONES * '\r';
        return ((esc - ONES & ~esc | cr - ONES & ~cr) & TOPS) != 0;
    }

    /** Cleans into {@link #buffer}, from its start, and returns how long the result is; at most {@code most} bytes. */
    int clean(byte[] b, int from, int to, int most) {
        int end = to;
        while (end > from && b[end - 1] == '\r') {
            end--;
        }
        int start = end;
        boolean ink = false;
        while (start > from && !(b[start - 1] == '\r' && ink)) {
            start--;
            ink |= b[start] > ' ' && b[start] != ESC || b[start] < 0;
        }
        rewritten = start > from;
        int length = Math.min(end - start, most);
        if (buffer.length < length) {
            buffer = new byte[Math.max(length, Math.min(most, buffer.length * 2))];
        }
        int n = 0;
        int i = start;
        while (i < end && n < length) {
            if (b[i] == ESC) {
                i = escape(b, i + 1, end);
            } else {
                if (b[i] != '\r') {
                    buffer[n++] = b[i];
                }
                i++;
            }
        }
        return n;
    }

    /** Behind the escape sequence whose first byte after ESC is at {@code i}. */
    private static int escape(byte[] b, int i, int end) {
        if (i >= end) {
            return end;
        }
        int p = i + 1;
        if (b[i] == '[') {
            while (p < end && b[p] >= 0x20 && b[p] < 0x40) {
                p++;
            }
            return Math.min(p + 1, end);
        }
        if (b[i] == ']') {
            while (p < end && b[p] != BEL && b[p] != ESC) {
                p++;
            }
            return p < end && b[p] == ESC ? Math.min(p + 2, end) : Math.min(p + 1, end);
        }
        return b[i] == '(' || b[i] == ')' ? Math.min(p + 1, end) : p;
    }
}
