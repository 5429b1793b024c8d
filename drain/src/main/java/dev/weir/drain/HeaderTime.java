package dev.weir.drain;

import static dev.weir.drain.Bytes.CLASS;
import static dev.weir.drain.Bytes.DIGIT;
import static dev.weir.drain.Bytes.digit;
import static dev.weir.drain.Bytes.letter;
import static dev.weir.drain.Field.DIGITS;
import static dev.weir.drain.Field.skip;

/** Finds the timestamps of a header, and what a few frameworks write before them: a level, a thread in brackets. */
final class HeaderTime {
    private static final int MOST_FIELDS = 9;
    private static final int MOST_BEFORE_TIME = 5;

    private final Timestamp timestamp;
    private final Field field;
    private final FrameworkHeader framework;
    private final Origin origin;

    /** The moment the header names, or {@link Miner#NO_TIME}. */
    long time = Miner.NO_TIME;

    /** The level found beside it. */
    Level level = Level.UNKNOWN;

    /** How many timestamps there were, and where the last one ends with its bracket. */
    int stamps;

    int end;
    /** The last one with a time of day. */
    final Clocked clocked = new Clocked();

    /** Whether the last one has a time of day. */
    boolean clockedLast;

    /** Whether the timestamp is one of those that syslog writes: then a host may come next. */
    boolean syslog;

    HeaderTime(Timestamp timestamp, Field field, FrameworkHeader framework, Origin origin) {
        this.timestamp = timestamp;
        this.field = field;
        this.framework = framework;
        this.origin = origin;
    }

    /** Whether a field with a timestamp is one of those that syslog writes: the timestamp starts at {@code first}. */
    static boolean bySyslog(byte[] b, int field, int first, int end, int to) {
        int t = field + 10;
        return letter(b[first]) || b[field] != '[' && end > t && t < to && b[t] == 'T';
    }

    /** The level that stands before the time, as a word or in a bracket. */
    Level preface(byte[] b, int p, int to) {
        if (b[p] == '[') {
            int close = Field.close(b, p, to);
            return close < 0 ? Level.UNKNOWN : Field.bracketed(b, p, close);
        }
        int e = field.word(b, p, to);
        return Levels.of(b, p, b[e - 1] == ':' ? e - 1 : e);
    }

    /** The end of what may stand before a time in front of a line: a level, and what is in brackets. */
    private int beforeTime(byte[] b, int p, int to, boolean first) {
        byte c = b[p];
        if (c == '[') {
            int close = Field.close(b, p, to);
            if (close > 0 && Field.bracketed(b, p, close) == Level.UNKNOWN) {
                origin.add(Origin.THREAD, p + 1, close - 1);
            }
            return close;
        }
        if (!first || !letter(c)) {
            return -1;
        }
        int e = field.word(b, p, to);
        return e - p < 12 && preface(b, p, to) != Level.UNKNOWN ? e : -1;
    }

    /** The end of the last timestamp of the header, or -1. */
    int find(byte[] b, int from, int to, long around) {
        level = Level.UNKNOWN;
        time = Miner.NO_TIME;
        end = -1;
        stamps = 0;
        int p = from;
        int gap = 0;
        boolean full = false;
        clockedLast = false;
        boolean prefaced = false;
        framework.level = Level.UNKNOWN;
        boolean numberFirst = digit(b[p]);
        for (int k = 0; k < MOST_FIELDS && p < to; k++) {
            byte c = b[p];
            boolean open = c == '[' || c == '(' || c == '<';
            int e = open || CLASS[c & 255] <= DIGIT ? timestamp.find(b, open ? p + 1 : p, to) : -1;
            if (e > 0 && timestamp.plainNumber && (end >= 0 && k > 2 || k > 0 && b[from] != '-' && !numberFirst)) {
                e = -1;
            }
            if (e > 0) {
                stamps++;
                clockedLast = timestamp.timeOfDay();
                if (clockedLast) {
                    timestamp.tell(clocked, p, open ? p + 1 : p, e);
                }
                if (open && e < to && (b[e] == ']' || b[e] == ')' || b[e] == '>')) {
                    e++;
                } else if (c == '[' && end < 0) {
                    e = framework.rest(b, p, e, to);
                    level = framework.level;
                }
                long t = timestamp.millis(around);
                time = t == Miner.NO_TIME ? time : t;
                full |= timestamp.timeOfDay();
                syslog = bySyslog(b, p, open ? p + 1 : p, e, to);
                end = e;
                gap = 0;
                p = skip(b, e, to);
                if (full && p < to && !digit(b[p]) && b[p] != '[') {
                    break;
                }
                continue;
            }
            if (full) {
                break;
            }
            int before = end < 0 && (k == 0 || prefaced) ? beforeTime(b, p, to, k == 0) : -1;
            if (before > 0 && before - p <= Field.LONGEST) {
                prefaced = true;
                p = skip(b, before, to);
                continue;
            }
            int next = field.word(b, p, to);
            boolean fits = end < 0
                    ? k < MOST_BEFORE_TIME
                            && (numberFirst || (field.marks & DIGITS) != 0 || next - p == 1 && !letter(c))
                    : ++gap <= 1
                            && ((field.marks & DIGITS) != 0
                                    || next - p < Field.LONGEST && timestamp.find(b, skip(b, next, to), to) > 0);
            if (!fits || next - p > Field.LONGEST) {
                break;
            }
            p = skip(b, next, to);
        }
        return end;
    }
}
