package dev.weir.drain;

import static dev.weir.drain.Bytes.CLASS;
import static dev.weir.drain.Bytes.DIGIT;
import static dev.weir.drain.Bytes.digit;
import static dev.weir.drain.Bytes.letter;
import static dev.weir.drain.Bytes.space;

/**
 * Finds where a line's header ends: the timestamp, level, thread, process, host and logger that logging frameworks put
 * before a message. Fields that could also be words of the message are taken only when something behind them proves
 * that the header goes on: a level, a logger with its colon, a dash.
 */
final class Header {
    private static final int MOST_FIELDS = 9;
    private static final int MOST_BEFORE_TIME = 5;
    private static final int LONGEST_FIELD = 160;

    private static final int LOWERS = 1;
    private static final int UPPERS = 2;
    private static final int DIGITS = 4;
    private static final int DOTS = 8;
    private static final int UNDERSCORES = 16;
    /** Other characters that a logger's name may have. */
    private static final int NAMES = 32;

    private static final int OTHERS = 64;
    private static final int SPACES = 128;
    private static final int[] MARKS = new int[256];

    static {
        for (int c = 0; c < 256; c++) {
            MARKS[c] = c >= 'a' && c <= 'z' || c >= 128
                    ? LOWERS
                    : c >= 'A' && c <= 'Z'
                            ? UPPERS
                            : c >= '0' && c <= '9'
                                    ? DIGITS
                                    : c == '.'
                                            ? DOTS
                                            : c == '_'
                                                    ? UNDERSCORES
                                                    : CLASS[c] == Bytes.SPACE
                                                            ? SPACES
                                                            : "$/-()[]#@*<>+:".indexOf(c) >= 0 ? NAMES : OTHERS;
        }
    }

    private final Timestamp timestamp = new Timestamp();

    Level level = Level.UNKNOWN;
    long time = Miner.NO_TIME;
    /** Whether the line had anything a continuation does not have. */
    boolean found;

    private boolean syslog;
    private int fieldEnd;
    private int marks;

    /** Where the message starts. Sets level, time and {@link #found}. */
    int cut(Learner learner, byte[] b, int from, int to, long around) {
        level = Level.UNKNOWN;
        time = Miner.NO_TIME;
        found = false;
        int p = skip(b, from, to);
        if (p == to) {
            return from;
        }
        if (b[p] >= 'E' && b[p] <= 'W' && p + 6 < to && digit(b[p + 1]) && digit(b[p + 4]) && b[p + 5] == ' ') {
            int klog = klog(b, p, to, around);
            if (klog > 0) {
                return klog;
            }
        }
        if (p + 4 < to && b[p + 1] == ',' && b[p + 2] == ' ' && b[p + 3] == '[') {
            int ruby = ruby(b, p, to, around);
            if (ruby > 0) {
                return ruby;
            }
        }
        int timeEnd = time(b, p, to, around);
        if (timeEnd < 0) {
            return untimed(b, from, p, to);
        }
        found = true;
        int next = timeEnd;
        if (next < to && b[next] == '|') {
            return piped(learner, b, next, to);
        }
        if (next < to && (b[next] == ',' || b[next] == ':')) {
            next++;
        }
        return fields(learner, b, next, to);
    }

    /** The end of the last timestamp of the header, or -1. */
    private int time(byte[] b, int from, int to, long around) {
        int end = -1;
        int p = from;
        int gap = 0;
        boolean full = false;
        boolean numberFirst = digit(b[p]);
        for (int k = 0; k < MOST_FIELDS && p < to; k++) {
            byte c = b[p];
            boolean open = c == '[' || c == '(' || c == '<';
            int e = open || CLASS[c & 255] <= DIGIT ? timestamp.find(b, open ? p + 1 : p, to) : -1;
            if (e > 0 && timestamp.plainNumber && (end >= 0 && k > 2 || k > 0 && b[from] != '-' && !numberFirst)) {
                e = -1;
            }
            if (e > 0) {
                if (open && e < to && (b[e] == ']' || b[e] == ')' || b[e] == '>')) {
                    e++;
                }
                long t = timestamp.millis(around);
                time = t == Miner.NO_TIME ? time : t;
                full |= timestamp.timeOfDay();
                syslog = letter(b[open ? p + 1 : p]) || b[p] != '[' && e > p + 10 && p + 10 < to && b[p + 10] == 'T';
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
            int next = word(b, p, to);
            boolean fits = end < 0
                    ? k < MOST_BEFORE_TIME && (numberFirst || (marks & DIGITS) != 0 || next - p == 1 && !letter(c))
                    : ++gap <= 1
                            && ((marks & DIGITS) != 0
                                    || next - p < LONGEST_FIELD && timestamp.find(b, skip(b, next, to), to) > 0);
            if (!fits || next - p > LONGEST_FIELD) {
                break;
            }
            p = skip(b, next, to);
        }
        return end;
    }

    private int fields(Learner learner, byte[] b, int from, int to) {
        int committed = skip(b, from, to);
        int p = committed;
        boolean leveled = false;
        int numbers = 0;
        boolean host = false;
        for (int k = 0; k < MOST_FIELDS && p < to; k++) {
            int gapBefore = p > 0 && b[p - 1] == '\t' ? 2 : p > 1 && space(b[p - 2]) ? 2 : 1;
            byte c = b[p];
            if (dashes(b, p, to)) {
                p = skip(b, fieldEnd, to);
                if (k == 0 || leveled) {
                    committed = p;
                }
                continue;
            }
            if (c == '|' && p + 1 < to) {
                p = skip(b, p + 1, to);
                committed = p;
                continue;
            }
            if (c == '[' || c == '(') {
                int close = close(b, p, to);
                if (close < 0) {
                    break;
                }
                Level inner = Levels.of(b, skip(b, p + 1, close - 1), trim(b, p + 1, close - 1));
                int next = skip(b, close, to);
                if (inner != Level.UNKNOWN && !leveled) {
                    level = inner;
                    leveled = true;
                    committed = next;
                } else if (next < to && b[next] == ':' && (next + 1 == to || space(b[next + 1]))) {
                    return skip(b, next + 1, to);
                } else if (identifiers(b, p + 1, close - 1)) {
                    committed = leveled || k > 0 ? next : committed;
                }
                p = next;
                continue;
            }
            int e = word(b, p, to);
            int has = marks;
            Level named = (has & DIGITS) == 0 ? level(b, p, e, to, numbers) : Level.UNKNOWN;
            if (named != Level.UNKNOWN && !leveled) {
                level = named;
                leveled = true;
                p = skip(b, fieldEnd, to);
                committed = p;
                host = false;
                continue;
            }
            if (e - p > LONGEST_FIELD) {
                break;
            }
            if (b[e - 1] == ':' && (has & OTHERS) == 0 && (has & (UPPERS | LOWERS)) != 0 && e - p > 1) {
                boolean believed = !leveled || learner.tag(true) || (has & DOTS) != 0;
                return believed && (leveled || syslog || host || numbers > 0) ? skip(b, e, to) : committed;
            }
            int next = skip(b, e, to);
            if (leveled && has == (DIGITS | DOTS)) {
                // An address is the message's, whatever follows it.
                break;
            }
            if (has == DIGITS) {
                numbers++;
            } else if (followedByDash(b, next, to)
                    && (leveled
                            ? (has & (UPPERS | LOWERS)) != 0
                            : (has & (DOTS | DIGITS)) != 0 || levelBehind(b, to))) {
                p = skip(b, fieldEnd, to);
                int after = word(b, p, to);
                if (leveled || p == to || level(b, p, after, to, 0) == Level.UNKNOWN) {
                    return p;
                }
                committed = p;
                continue;
            } else if (leveled && next < to && b[next] == '[' && (has & DOTS) != 0) {
                committed = next;
            } else if (leveled
                    && (next - e > 1 || e < to && b[e] == '\t')
                    && gapBefore > 1
                    && ((has & DOTS) != 0 || capitals(has, e - p))) {
                return next;
            } else if (syslog && !host) {
                host = true;
                int process = process(b, next, to);
                if (process > 0) {
                    return skip(b, process, to);
                }
            } else if ((has & DIGITS) == 0 && !capitals(has, e - p) && (e - p > 1 || letter(c))) {
                break;
            }
            p = next;
        }
        if (leveled) {
            learner.tag(false);
        }
        return committed;
    }

    /** {@code |component|123|}: as many fields as every line of the source has had. */
    private int piped(Learner learner, byte[] b, int from, int to) {
        int p = from + 1;
        int n = 0;
        while (n < learner.pipes) {
            int e = p;
            while (e < to && b[e] != '|' && !space(b[e]) && b[e] != '=') {
                e++;
            }
            if (e == to || b[e] != '|') {
                break;
            }
            p = e + 1;
            n++;
        }
        if (n < learner.pipes) {
            learner.pipes = n;
            learner.dirty = true;
        }
        return skip(b, p, to);
    }

    /** {@code I0102 15:04:05.678901   12345 file.go:123] message}. */
    private int klog(byte[] b, int p, int to, long around) {
        Level named = Levels.of(b[p]);
        int e = named == Level.UNKNOWN ? -1 : timestamp.find(b, p + 6, to);
        if (e < 0) {
            return -1;
        }
        for (int i = e; i + 1 < to && i < e + LONGEST_FIELD; i++) {
            if (b[i] == ']' && space(b[i + 1])) {
                level = named;
                found = true;
                time = timestamp.millis(around);
                return i + 2;
            }
        }
        return -1;
    }

    /** {@code I, [2025-03-04T08:15:05.813331 #411]  INFO -- program: message}. */
    private int ruby(byte[] b, int p, int to, long around) {
        Level named = Levels.of(b[p]);
        int e = named == Level.UNKNOWN ? -1 : timestamp.find(b, p + 4, to);
        if (e < 0) {
            return -1;
        }
        int most = Math.min(to, e + LONGEST_FIELD);
        for (int i = e; i + 3 < most; i++) {
            if (b[i] == ' ' && b[i + 1] == '-' && b[i + 2] == '-' && b[i + 3] == ' ') {
                int colon = i + 4;
                while (colon < most && b[colon] != ':') {
                    colon++;
                }
                if (colon == most) {
                    return -1;
                }
                level = named;
                found = true;
                time = timestamp.millis(around);
                return skip(b, colon + 1, to);
            }
        }
        return -1;
    }

    /** A line without a time may still say its level, in brackets or as its first word. */
    private int untimed(byte[] b, int from, int p, int to) {
        if (b[p] == '[' || b[p] == '<') {
            int close = close(b, p, to);
            if (close > 0) {
                Level inner = Levels.of(b, skip(b, p + 1, close - 1), trim(b, p + 1, close - 1));
                if (inner != Level.UNKNOWN) {
                    level = inner;
                    found = true;
                    return skip(b, close, to);
                }
                int next = skip(b, close, to);
                int e = word(b, next, to);
                Level after = next < to ? level(b, next, e, to, 0) : Level.UNKNOWN;
                if (after != Level.UNKNOWN) {
                    level = after;
                    found = true;
                    int logger = skip(b, fieldEnd, to);
                    int end = word(b, logger, to);
                    return logger < to && followedByDash(b, skip(b, end, to), to) ? skip(b, fieldEnd, to) : logger;
                }
            }
            return from;
        }
        int e = p;
        while (e < to && letter(b[e])) {
            e++;
        }
        Level named = b[p] >= 'a' && Levels.alsoAWord(b, p, e) ? Level.UNKNOWN : Levels.of(b, p, e);
        if (named != Level.UNKNOWN
                && (e < to && (b[e] == ':' || b[e] == '[') || capitals(b, p, e) && (e == to || space(b[e])))) {
            level = named;
            found = true;
            if (e + 1 < to && b[e] == ':' && letter(b[e + 1]) && capitals(b, p, e)) {
                // INFO:root:message
                int second = e + 1;
                while (second < to && !space(b[second]) && b[second] != ':') {
                    second++;
                }
                return second < to && b[second] == ':' ? second + 1 : from;
            }
        }
        return from;
    }

    /** A level as a field of its own. Sets {@link #fieldEnd}. */
    private Level level(byte[] b, int p, int e, int to, int numbers) {
        int end = e;
        while (end > p && (b[end - 1] == ':' || b[end - 1] == ',' || b[end - 1] == '|' || b[end - 1] == ']')) {
            end--;
        }
        fieldEnd = end < e && b[end] == '|' ? end : e;
        if (end - p == 1 && numbers >= 2) {
            return Levels.of(b[p]);
        }
        if (end - p > 2 && b[p + 1] == '/' && e > p + 2 && b[e - 1] == ':') {
            return Level.UNKNOWN;
        }
        boolean colon = end < e || e < to && b[e] == '\t';
        if (end - p > 11) {
            return Level.UNKNOWN;
        }
        boolean padded = e + 1 < to && space(b[e]) && space(b[e + 1]) && b[p] < 'a';
        return colon || padded || capitals(b, p, end) ? Levels.of(b, p, end) : Level.UNKNOWN;
    }

    /** The end of {@code Some Process Name[123]: }, or -1. */
    private static int process(byte[] b, int p, int to) {
        int most = Math.min(to, p + 64);
        for (int i = p; i + 1 < most && b[i] != ':'; i++) {
            if (b[i] == '[' && digit(b[i + 1])) {
                int close = i + 1;
                while (close < to && digit(b[close])) {
                    close++;
                }
                if (close < to && b[close] == ']') {
                    close++;
                    if (close + 1 < to && b[close] == ' ' && b[close + 1] == '(') {
                        int paren = close(b, close + 1, to);
                        close = paren > 0 ? paren : close;
                    }
                    return close < to && b[close] == ':' ? close + 1 : -1;
                }
                return -1;
            }
        }
        return -1;
    }

    private boolean dashes(byte[] b, int p, int to) {
        int e = p;
        while (e < to && b[e] == '-') {
            e++;
        }
        fieldEnd = e;
        return e > p && e < to && space(b[e]);
    }

    private boolean followedByDash(byte[] b, int p, int to) {
        if (p + 1 < to && b[p] == ':' && space(b[p + 1])) {
            fieldEnd = p + 1;
            return true;
        }
        if (p + 2 < to && b[p] == '*' && digit(b[p + 1])) {
            return dashes(b, skip(b, word(b, p, to), to), to);
        }
        return p < to && dashes(b, p, to);
    }

    /** Whether what stands behind the dash is a level, with another dash behind it. */
    private boolean levelBehind(byte[] b, int to) {
        int dash = fieldEnd;
        int p = skip(b, dash, to);
        int e = word(b, p, to);
        boolean named = level(b, p, e, to, 0) != Level.UNKNOWN;
        boolean behind = named && dashes(b, skip(b, e, to), to);
        fieldEnd = dash;
        return behind;
    }

    private static boolean capitals(int marks, int length) {
        return (marks & ~(UPPERS | UNDERSCORES)) == 0 && length >= 3;
    }

    private static boolean capitals(byte[] b, int p, int e) {
        for (int i = p; i < e; i++) {
            if ((b[i] < 'A' || b[i] > 'Z') && b[i] != '_') {
                return false;
            }
        }
        return e - p >= 3;
    }

    /** Whether a bracket holds ids only: each piece has a digit or is a dash. */
    private boolean identifiers(byte[] b, int p, int e) {
        int i = p;
        while (i < e) {
            int w = word(b, i, e);
            if ((marks & DIGITS) == 0 && (w - i > 1 || letter(b[i]))) {
                return false;
            }
            i = skip(b, w, e);
        }
        return e > p;
    }

    /** Behind the bracket that closes the one at {@code p}, or -1. */
    private static int close(byte[] b, int p, int to) {
        byte open = b[p];
        byte shut = open == '[' ? (byte) ']' : open == '(' ? (byte) ')' : (byte) '>';
        int depth = 0;
        int most = Math.min(to, p + LONGEST_FIELD);
        for (int i = p; i < most; i++) {
            if (b[i] == open) {
                depth++;
            } else if (b[i] == shut && --depth == 0) {
                return i + 1;
            }
        }
        return -1;
    }

    /** The end of the word at {@code p}; what it consists of is in {@link #marks} then. */
    private int word(byte[] b, int p, int to) {
        int e = p;
        int has = 0;
        int m;
        while (e < to && (m = MARKS[b[e] & 255]) != SPACES) {
            has |= m;
            e++;
        }
        marks = has;
        return e;
    }

    private static int skip(byte[] b, int p, int to) {
        int i = p;
        while (i < to && space(b[i])) {
            i++;
        }
        return i;
    }

    private static int trim(byte[] b, int from, int to) {
        int i = to;
        while (i > from && space(b[i - 1])) {
            i--;
        }
        return i;
    }
}
