package dev.weir.drain;

import static dev.weir.drain.Bytes.space;

/**
 * The fields of a header behind its time, byte for byte, but any digit is as good as another. Where a line has the same, it
 * has the same level, and its message starts at the same place: how fields are read depends on nothing else.
 */
final class FieldsMould {
    static final int WORDS = 12;
    private static final int LONGEST = 8 * WORDS;
    private static final long ZEROS = 0x3030303030303030L;
    private static final long TOPS = 0x8080808080808080L;
    /** What lifts each byte above nine to its top bit. */
    private static final long ABOVE_NINE = 0x7676767676767676L;

    /** What to know of a header's fields before others are told by them. */
    enum Exit {
        /** More of the message was looked at. */
        OPEN,
        /** Nothing behind the header was. */
        CLOSED,
        /** The first word of the message was: that it is no level. */
        UNLEVELED,
        /** The first word of the message was: that it is no field. */
        PLAIN
    }

    /** What a learner is asked or told. */
    enum Learnt {
        NOTHING,
        TAGGED,
        UNTAGGED
    }

    private final long[] text = new long[WORDS];
    private long key;
    private int length;
    private Level before = Level.UNKNOWN;
    private boolean syslog;
    private int gap;
    private Exit exit = Exit.OPEN;
    private Learnt learnt = Learnt.NOTHING;
    Level level = Level.UNKNOWN;
    final OriginMould origin = new OriginMould();

    /** The eight bytes at {@code p}, each digit as a zero. */
    static long load(byte[] b, int p) {
        long w = Bytes.load(b, p);
        return w & ~digits(w);
    }

    /** Fifteen for each of eight bytes that is a digit: what it has more than a zero is among these bits. */
    static long digits(long w) {
        long x = w ^ ZEROS;
        long others = ((x & ~TOPS) + ABOVE_NINE | x) & TOPS;
        return ((others ^ TOPS) >>> 7) * 15;
    }

    static long key(byte[] b, int p) {
        return Bytes.step(load(b, p), load(b, p + 8));
    }

    /** What stands before the fields, as far as anybody asks. */
    private static int gap(byte[] b, int p) {
        byte c = b[p - 2];
        return (b[p - 1] == '\t' ? 4 : 0) | (space(c) ? 1 : c == ']' ? 2 : c == ')' ? 3 : 0);
    }

    boolean empty() {
        return length == 0;
    }

    /** Where the message starts, if the fields at {@code p} are these, or -1. */
    int fits(byte[] b, int p, int end, long sought, Level known, boolean ofSyslog, Learner learner, Field field) {
        int n = length;
        int message = p + n;
        if (sought != key
                || n == 0
                || message >= end
                || message + 8 > b.length
                || known != before
                || ofSyslog != syslog
                || gap(b, p) != gap) {
            return -1;
        }
        int i = 0;
        for (; i + 8 <= n; i += 8) {
            if (load(b, p + i) != text[i >>> 3]) {
                return -1;
            }
        }
        if (i < n && (load(b, p + i) ^ text[i >>> 3]) << 64 - 8 * (n - i) != 0) {
            return -1;
        }
        if (space(b[message]) || !goesOn(b, message, end, exit, level, field)) {
            return -1;
        }
        if (learnt == Learnt.TAGGED) {
            if (!learner.believes()) {
                return -1;
            }
            learner.tag(true);
        } else if (learnt == Learnt.UNTAGGED) {
            learner.tag(false);
        }
        return message;
    }

    /** Remembers the fields that have just been read, unless nothing can be told by them. */
    void remember(
            byte[] b,
            int p,
            int message,
            int end,
            Level known,
            boolean ofSyslog,
            Exit seen,
            Learnt taught,
            Level found,
            Origin told,
            Field field) {
        int n = message - p;
        length = 0;
        if (seen == Exit.OPEN
                || n <= 0
                || n > LONGEST
                || message >= end
                || p + LONGEST + 8 > b.length
                || space(b[message])
                || !goesOn(b, message, end, seen, found, field)) {
            return;
        }
        for (int i = p; i < message; i++) {
            if (b[i] == '@') {
                return;
            }
        }
        for (int i = 0; i < n; i += 8) {
            text[i >>> 3] = load(b, p + i);
        }
        key = key(b, p);
        length = n;
        before = known;
        syslog = ofSyslog;
        gap = gap(b, p);
        exit = seen;
        learnt = taught;
        level = found;
        origin.remember(told, p);
    }

    /** Whether a message starts as it must, for the header to end before it. */
    private static boolean goesOn(byte[] b, int p, int to, Exit exit, Level level, Field field) {
        if (exit == Exit.CLOSED) {
            return true;
        }
        int e = field.word(b, p, to);
        if (exit == Exit.UNLEVELED) {
            return field.level(b, p, e, to, 0) == Level.UNKNOWN;
        }
        int has = field.marks;
        if (!Bytes.letter(b[p])
                || (has & Field.DIGITS) != 0
                || (has & Field.NAMES) != 0 && level == Level.UNKNOWN
                || e - p < 2
                || e - p > Field.LONGEST
                || e + 1 >= to
                || b[e] != ' '
                || b[e - 1] == ':'
                || Field.capitals(has, e - p)
                || (has & Field.DOTS) != 0 && Addresses.dots(b, p, e) >= 2) {
            return false;
        }
        byte next = b[e + 1];
        return !space(next)
                && next != '-'
                && next != ':'
                && next != '*'
                && next != '['
                && field.level(b, p, e, to, 0) == Level.UNKNOWN;
    }
}
