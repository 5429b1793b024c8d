package dev.weir.drain;

import static dev.weir.drain.Bytes.digit;
import static dev.weir.drain.Bytes.letter;
import static dev.weir.drain.Bytes.space;
import static dev.weir.drain.Field.skip;

/** Headers that one framework writes and no other, and lines that say their level without a time. */
final class FixedHeader {
    private final Timestamp timestamp;
    private final Field field;
    final FrameworkHeader framework;

    final Origin origin = new Origin();
    Level level = Level.UNKNOWN;
    long time = Miner.NO_TIME;

    FixedHeader(Timestamp timestamp, Field field) {
        this.timestamp = timestamp;
        this.field = field;
        this.framework = new FrameworkHeader(origin, field);
    }

    /** Where the message starts behind a header of klog, Ruby's Logger or Redis, or -1. */
    int cut(byte[] b, int p, int to, long around) {
        if (p + 6 >= to || b[p] < '0' || b[p] > 'W') {
            return -1;
        }
        if (b[p] <= '9') {
            return b[p + 1] <= ':' && (b[p + 1] == ':' || b[p + 2] <= ':') ? redis(b, p, to, around) : -1;
        }
        if (b[p + 1] == '/') {
            int message = framework.tag(b, p, to);
            level = framework.level;
            return message;
        }
        if (digit(b[p + 1]) && digit(b[p + 4]) && b[p + 5] == ' ') {
            return klog(b, p, to, around);
        }
        return b[p + 1] == ',' && b[p + 2] == ' ' && b[p + 3] == '[' ? ruby(b, p, to, around) : -1;
    }

    /** {@code I0102 15:04:05.678901   12345 file.go:123] message}. */
    private int klog(byte[] b, int p, int to, long around) {
        level = Levels.of(b[p]);
        int e = level == Level.UNKNOWN ? -1 : timestamp.find(b, p + 6, to);
        if (e < 0) {
            return -1;
        }
        for (int i = e; i + 1 < to && i < e + Field.LONGEST; i++) {
            if (b[i] == ']' && space(b[i + 1])) {
                time = timestamp.millis(around);
                int pid = skip(b, e, i);
                int pidEnd = field.word(b, pid, i);
                origin.add(Origin.PID, pid, pidEnd);
                origin.add(Origin.LOGGER, skip(b, pidEnd, i), i);
                return i + 2;
            }
        }
        return -1;
    }

    /** {@code 4711:M 01 May 2024 15:04:05.678 * message}: process, role, time, and a mark for the level. */
    private int redis(byte[] b, int p, int to, long around) {
        int colon = p + 1;
        while (colon < to && digit(b[colon])) {
            colon++;
        }
        if (colon + 4 >= to || b[colon] != ':' || !letter(b[colon + 1]) || b[colon + 2] != ' ') {
            return -1;
        }
        int e = timestamp.find(b, colon + 3, to);
        if (e < 0 || e + 2 >= to || b[e] != ' ' || b[e + 2] != ' ') {
            return -1;
        }
        int mark = ".-*#".indexOf(b[e + 1]);
        if (mark < 0) {
            return -1;
        }
        level = mark == 0 ? Level.DEBUG : mark == 3 ? Level.WARN : Level.INFO;
        time = timestamp.millis(around);
        origin.add(Origin.PID, p, colon);
        return skip(b, e + 3, to);
    }

    /** {@code I, [2025-03-04T08:15:05.813331 #411]  INFO -- program: message}. */
    private int ruby(byte[] b, int p, int to, long around) {
        level = Levels.of(b[p]);
        int e = level == Level.UNKNOWN ? -1 : timestamp.find(b, p + 4, to);
        if (e < 0) {
            return -1;
        }
        int most = Math.min(to, e + Field.LONGEST);
        for (int i = e; i + 3 < most; i++) {
            if (b[i] == ' ' && b[i + 1] == '-' && b[i + 2] == '-' && b[i + 3] == ' ') {
                int colon = i + 4;
                while (colon < most && b[colon] != ':') {
                    colon++;
                }
                if (colon == most) {
                    return -1;
                }
                time = timestamp.millis(around);
                int pid = e + 2;
                int pidEnd = pid;
                while (pidEnd < i && digit(b[pidEnd])) {
                    pidEnd++;
                }
                origin.add(Origin.PID, pid, pidEnd);
                origin.add(Origin.LOGGER, i + 4, colon);
                return skip(b, colon + 1, to);
            }
        }
        return -1;
    }

    /** {@code |component|123|}: as many fields as every line of the source has had. */
    int piped(Learner learner, byte[] b, int from, int to) {
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
            if (digit(b[p]) && digit(b[e - 1])) {
                origin.number(p, e);
            } else {
                origin.add(Origin.LOGGER, p, e);
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

    /** A line without a time may still say its level, in brackets or as its first word. */
    int untimed(byte[] b, int from, int p, int to) {
        level = Level.UNKNOWN;
        if (b[p] == '[' || b[p] == '<') {
            return bracketed(b, from, p, to);
        }
        if (digit(b[p])) {
            return counted(b, from, p, to);
        }
        int e = p;
        while (e < to && letter(b[e])) {
            e++;
        }
        Level named = b[p] >= 'a' && Levels.alsoAWord(b, p, e) ? Level.UNKNOWN : Levels.of(b, p, e);
        boolean capitals = Field.capitals(b, p, e);
        if (named == Level.UNKNOWN
                || !(e < to && (b[e] == ':' || b[e] == '[') || capitals && (e == to || space(b[e])))) {
            return from;
        }
        level = named;
        if (e + 4 < to && b[e] == ':' && b[e + 1] == ' ') {
            return category(b, from, e + 2, to);
        }
        if (e + 1 < to && b[e] == ':' && letter(b[e + 1]) && capitals) {
            // INFO:root:message
            int second = e + 1;
            while (second < to && !space(b[second]) && b[second] != ':') {
                second++;
            }
            if (second < to && b[second] == ':') {
                origin.add(Origin.LOGGER, e + 1, second);
                return second + 1;
            }
        }
        return from;
    }

    /** {@code info: App.Worker[14] message}, as .NET writes on one line. */
    private int category(byte[] b, int from, int p, int to) {
        int e = field.word(b, p, to);
        int open = e - 2;
        while (open > p && digit(b[open])) {
            open--;
        }
        if ((field.marks & (Field.DOTS | Field.OTHERS)) != Field.DOTS
                || b[e - 1] != ']'
                || open == e - 2
                || b[open] != '['
                || skip(b, e, to) == to) {
            return from;
        }
        origin.add(Origin.LOGGER, p, open);
        return skip(b, e, to);
    }

    /** {@code 4012 [main] INFO com.acme.App - message}: milliseconds since the start, thread, level. */
    private int counted(byte[] b, int from, int p, int to) {
        int open = p;
        while (open < to && digit(b[open])) {
            open++;
        }
        open = open < to && b[open] == ' ' ? skip(b, open, to) : to;
        if (open == to || b[open] != '[') {
            return from;
        }
        int message = bracketed(b, open, open, to);
        return message == open ? from : message;
    }

    private int bracketed(byte[] b, int from, int p, int to) {
        int close = Field.close(b, p, to);
        if (close < 0) {
            return from;
        }
        level = Field.bracketed(b, p, close);
        int next = skip(b, close, to);
        if (level != Level.UNKNOWN) {
            return next;
        }
        int e = field.word(b, next, to);
        level = next < to ? field.level(b, next, e, to, 0) : Level.UNKNOWN;
        if (level == Level.UNKNOWN) {
            return from;
        }
        origin.add(Origin.THREAD, p + 1, close - 1);
        int logger = skip(b, field.end, to);
        int end = field.word(b, logger, to);
        if (logger < to && field.followedByDash(b, skip(b, end, to), to)) {
            origin.add(Origin.LOGGER, logger, end);
            return skip(b, field.end, to);
        }
        return logger;
    }
}
