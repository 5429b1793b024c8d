package dev.weir.drain;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** What a byte is to the lexer, and how runs of bytes hash. Text inside the miner is Latin-1, one char for each byte. */
final class Bytes {
    static final int LETTER = 1;
    static final int DIGIT = 2;
    static final int DOT = 4;
    static final int SLASH = 8;
    /** Other characters that hold a word together: dash, plus, at, hash and their like. */
    static final int JOINER = 16;

    static final int UNDERSCORE = 32;
    /** Classes at or above this end a word. */
    static final int END = 64;

    static final int SPACE = 64;
    static final int DELIMITER = 96;

    static final byte[] CLASS = new byte[256];

    /** The texts of single bytes: punctuation and white space are most of what templates hold, and need no copies. */
    private static final String[] SINGLE = new String[256];

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long TOPS = 0x8080808080808080L;
    static final long K = 0x9E3779B97F4A7C15L;

    static {
        for (int c = 0; c < 256; c++) {
            SINGLE[c] = String.valueOf((char) c);
            if (c >= '0' && c <= '9') {
                CLASS[c] = DIGIT;
            } else if (c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 128) {
                CLASS[c] = LETTER;
            } else if (c <= ' ' || c == 127) {
                CLASS[c] = SPACE;
            } else if (c == '.') {
                CLASS[c] = DOT;
            } else if (c == '/') {
                CLASS[c] = SLASH;
            } else if (",;=|\"'[](){}<>:".indexOf(c) >= 0) {
                CLASS[c] = DELIMITER;
            } else if (c == '_') {
                CLASS[c] = UNDERSCORE;
            } else {
                CLASS[c] = JOINER;
            }
        }
    }

    private Bytes() {}

    static int classOf(byte b) {
        return CLASS[b & 255];
    }

    static boolean digit(byte b) {
        return b >= '0' && b <= '9';
    }

    static boolean letter(byte b) {
        return CLASS[b & 255] == LETTER;
    }

    static boolean space(byte b) {
        return CLASS[b & 255] == SPACE;
    }

    static boolean hex(byte b) {
        return b >= '0' && b <= '9' || b >= 'a' && b <= 'f' || b >= 'A' && b <= 'F';
    }

    static long load(byte[] b, int at) {
        return (long) LONGS.get(b, at);
    }

    /** Copies up to 24 bytes to where there is room for 24; what is behind them there afterwards is no matter. */
    static void copy(byte[] b, int from, byte[] to, int at, int length) {
        if (from + 24 <= b.length) {
            LONGS.set(to, at, (long) LONGS.get(b, from));
            LONGS.set(to, at + 8, (long) LONGS.get(b, from + 8));
            LONGS.set(to, at + 16, (long) LONGS.get(b, from + 16));
        } else {
            System.arraycopy(b, from, to, at, length);
        }
    }

    /** How many of the eight bytes are ASCII letters, from the first on. */
    static int letters(long v) {
        long low = (v | ONES * 0x20) & ~TOPS;
        long from = low + ONES * (0x80 - 'a');
        long beyond = low + ONES * (0x80 - 'z' - 1);
        long other = ~(from & ~beyond & ~v) & TOPS;
        return Long.numberOfTrailingZeros(other) >>> 3;
    }

    /** Hashes a run, eight bytes at a time; the same in every run, so fit for what is written. */
    static long hash(byte[] b, int from, int to) {
        long h = (to - from) * K;
        int i = from;
        for (; i + 8 <= to; i += 8) {
            h = step(h, (long) LONGS.get(b, i));
        }
        return i < to ? step(h, tail(b, i, to - i)) : h;
    }

    /** Fewer than eight bytes as a little-endian number. */
    static long tail(byte[] b, int at, int length) {
        if (at + 8 <= b.length) {
            return (long) LONGS.get(b, at) & (-1L >>> (64 - 8 * length));
        }
        long v = 0;
        for (int k = 0; k < length; k++) {
            v |= (b[at + k] & 255L) << (8 * k);
        }
        return v;
    }

    /** Hashes a text char by char; a text and its bytes need not hash alike. */
    static long hash(String text) {
        long h = text.length() * K;
        for (int i = 0; i < text.length(); i++) {
            h = (h ^ text.charAt(i)) * 0x100000001B3L;
        }
        return h ^ h >>> 29;
    }

    static long step(long h, long x) {
        return (Long.rotateLeft(h, 23) ^ x) * K;
    }

    /** The last step of a hash: every bit of the result depends on every bit of {@code h}. */
    static long finish(long h) {
        h ^= h >>> 32;
        h *= 0xD6E8FEB86659FD93L;
        h ^= h >>> 32;
        h *= 0xD6E8FEB86659FD93L;
        return h ^ (h >>> 32);
    }

    static String latin1(byte[] b, int from, int to) {
        if (to - from <= 1) {
            return from == to ? "" : SINGLE[b[from] & 255];
        }
        return new String(b, from, to - from, StandardCharsets.ISO_8859_1);
    }

    /** The text as its bytes meant it. */
    static String readable(String latin1) {
        for (int i = 0; i < latin1.length(); i++) {
            if (latin1.charAt(i) >= 128) {
                return new String(latin1.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
            }
        }
        return latin1;
    }
}
