package dev.weir.drain;

import static dev.weir.drain.Bytes.letter;
import static dev.weir.drain.Bytes.space;
import static dev.weir.drain.Field.DIGITS;
import static dev.weir.drain.Field.DOTS;
import static dev.weir.drain.Field.LOWERS;
import static dev.weir.drain.Field.NAMES;
import static dev.weir.drain.Field.OTHERS;
import static dev.weir.drain.Field.UPPERS;
import static dev.weir.drain.Field.skip;

import dev.weir.drain.FieldsMould.Exit;
import dev.weir.drain.FieldsMould.Learnt;

/**
 * Finds where a line's header ends: the timestamp, level, thread, process, host and logger that logging frameworks put
 * before a message. Fields that could also be words of the message are taken only when something behind them proves
 * that the header goes on: a level, a logger with its colon, a dash.
 */
final class Header {
    private static final int MOST_FIELDS = 9;

    private final Timestamp timestamp = new Timestamp();
    private final Field field = new Field();
    private final FixedHeader fixed = new FixedHeader(timestamp, field);
    private final FrameworkHeader framework = fixed.framework;

    Level level = Level.UNKNOWN;
    long time = Miner.NO_TIME;
    /** Whether the line had anything a continuation does not have. */
    boolean found;

    final Origin origin = fixed.origin;
    private final HeaderTime times = new HeaderTime(timestamp, field, framework, origin);

    private final HeaderMoulds moulds = new HeaderMoulds(field);
    private boolean syslog;
    private boolean leveled;
    /** How much of the message was looked at to find out where it starts. */
    private Exit exit = Exit.OPEN;

    private Learnt learnt = Learnt.NOTHING;
    /** Whether something was sought behind the fields. */
    private boolean beyond;

    private int numbers;

    /** Where the message starts. Sets level, time, {@link #origin} and {@link #found}. */
    int cut(Learner learner, byte[] b, int from, int to, long around) {
        level = Level.UNKNOWN;
        time = Miner.NO_TIME;
        found = false;
        origin.clear();
        int p = skip(b, from, to);
        if (p == to) {
            return from;
        }
        int message = fixed.cut(b, p, to, around);
        if (message > 0) {
            level = fixed.level;
            time = fixed.time;
            found = true;
            return message;
        }
        int next = time(b, p, to, around);
        if (next < 0) {
            origin.clear();
            message = fixed.untimed(b, from, p, to);
            level = fixed.level;
            found = level != Level.UNKNOWN;
            return message;
        }
        found = true;
        if (next < to && b[next] == '|') {
            return fixed.piped(learner, b, next, to);
        }
        if (next < to && (b[next] == ',' || b[next] == ':')) {
            next++;
        }
        next = skip(b, next, to);
        FieldsMould mould = moulds.fields(b, next, to, level, syslog, learner, origin);
        if (mould != null) {
            mould.origin.tell(origin, next);
            level = mould.level;
            return moulds.end;
        }
        Level before = level;
        boolean alone = origin.count == 0;
        exit = Exit.OPEN;
        beyond = false;
        learnt = Learnt.NOTHING;
        message = framework.cut(b, next, to);
        if (message > 0) {
            level = framework.level;
            exit = Exit.CLOSED;
        } else {
            message = fields(learner, b, next, to);
            exit = next + 1 < to && b[next + 1] == '/' ? Exit.OPEN : exit;
        }
        origin.until(message);
        if (alone && exit != Exit.OPEN && !beyond) {
            moulds.remember(b, next, message, to, before, syslog, exit, learnt, level, origin);
        }
        return message;
    }

    /** The end of the time in front of a line, or -1. Sets time and level. */
    private int time(byte[] b, int p, int to, long around) {
        StampMould mould = moulds.stamp(b, p, to, timestamp.clock, around);
        if (mould != null) {
            mould.origin.tell(origin, p);
            level = mould.level;
            time = mould.time;
            syslog = mould.syslog;
            return moulds.end;
        }
        int end = times.find(b, p, to, around);
        level = times.level;
        time = times.time;
        syslog = times.syslog;
        if (end > 0 && level == Level.UNKNOWN && (letter(b[p]) || b[p] == '[')) {
            level = times.preface(b, p, to);
        }
        if (end > 0 && times.clockedLast) {
            moulds.remember(b, p, to, times, level, origin);
        }
        return end;
    }

    private int fields(Learner learner, byte[] b, int from, int to) {
        int committed = from;
        int p = from;
        boolean angled = from < to && b[from] == '<';
        leveled = level != Level.UNKNOWN;
        numbers = 0;
        boolean host = false;
        // Whether a colon behind the level says that the header ends there.
        boolean ended = false;
        // How far the fields next to a level reach: names in brackets belong to the header only there.
        int beside = leveled ? from : -1;
        for (int k = 0; k < MOST_FIELDS && p < to; k++) {
            int gapBefore = p > 0 && b[p - 1] == '\t' ? 2 : p > 1 && space(b[p - 2]) ? 2 : 1;
            byte c = b[p];
            if (field.dashes(b, p, to)) {
                p = skip(b, field.end, to);
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
            if (c == '[' || c == '(' || c == '<' && angled) {
                int close = Field.close(b, p, to);
                if (close < 0) {
                    break;
                }
                int next = skip(b, close, to);
                boolean more = bracket(b, p, close);
                if (more || p == beside && next < to && field.named(b, p, close)) {
                    beside = next;
                    more = true;
                }
                if (!more && next < to && b[next] == ':' && (next + 1 == to || space(b[next + 1]))) {
                    exit = Exit.CLOSED;
                    return skip(b, next + 1, to);
                }
                if (more || (leveled || k > 0) && field.identifiers(b, p + 1, close - 1)) {
                    committed = next;
                }
                p = next;
                continue;
            }
            int e = field.word(b, p, to);
            int has = field.marks;
            Level named = (has & DIGITS) == 0 ? field.level(b, p, e, to, numbers) : Level.UNKNOWN;
            if (named != Level.UNKNOWN && !leveled) {
                level = named;
                leveled = true;
                ended = b[e - 1] == ':';
                p = skip(b, field.end, to);
                committed = p;
                beside = p;
                host = false;
                continue;
            }
            if (e - p > Field.LONGEST) {
                break;
            }
            if (b[e - 1] == ':' && (has & OTHERS) == 0 && (has & (UPPERS | LOWERS)) != 0 && e - p > 1) {
                boolean asked = leveled && (has & DOTS) == 0 && !ended;
                boolean believed = !leveled || (has & DOTS) != 0 || asked && learner.tag(true);
                if (believed && (leveled || syslog || host || numbers > 0)) {
                    exit = Exit.CLOSED;
                    learnt = asked ? Learnt.TAGGED : Learnt.NOTHING;
                    origin.process(b, p, e);
                    return skip(b, e, to);
                }
                return committed;
            }
            int next = skip(b, e, to);
            if (!leveled && k < 3 && (has & NAMES) != 0) {
                int account = framework.account(b, p, e, to);
                if (account > 0) {
                    p = account;
                    continue;
                }
            }
            if (leveled && has == (DIGITS | DOTS)) {
                // An address is the message's, whatever follows it.
                break;
            }
            if (has == DIGITS) {
                numbers++;
                origin.number(p, e);
            } else if (field.followedByDash(b, next, to) && beforeDash(has, b, to)) {
                origin.add(Origin.LOGGER, p, e);
                p = skip(b, field.end, to);
                int after = field.word(b, p, to);
                if (leveled || p == to || field.level(b, p, after, to, 0) == Level.UNKNOWN) {
                    exit = leveled ? Exit.CLOSED : p < to ? Exit.UNLEVELED : Exit.OPEN;
                    return p;
                }
                committed = p;
                continue;
            } else if (leveled && next < to && b[next] == '[' && (has & DOTS) != 0) {
                origin.add(Origin.LOGGER, p, e);
                committed = next;
            } else if (leveled
                    && (next - e > 1 || e < to && b[e] == '\t')
                    && gapBefore > 1
                    && ((has & DOTS) != 0 || Field.capitals(has, e - p))) {
                origin.add(Origin.LOGGER, p, e);
                exit = Exit.PLAIN;
                return next;
            } else if (p == beside
                    && p > from
                    && closes(b[p - 2])
                    && (has & OTHERS) == 0
                    && Addresses.dots(b, p, e) >= 2) {
                origin.add(Origin.LOGGER, p, e);
                exit = Exit.PLAIN;
                return next;
            } else if (p == beside && tabbed(b, p, e, to)) {
                origin.add(Origin.LOGGER, p, e);
                committed = next;
            } else if (syslog && !host) {
                host = true;
                origin.add(Origin.HOST, p, e);
                int process = Field.process(b, next, to);
                if (process > 0) {
                    origin.process(b, next, process);
                    exit = Exit.CLOSED;
                    return skip(b, process, to);
                }
                beyond = true;
            } else if ((has & DIGITS) == 0 && !Field.capitals(has, e - p) && (e - p > 1 || letter(c))) {
                exit = p == committed ? Exit.PLAIN : Exit.OPEN;
                break;
            }
            p = next;
        }
        if (leveled) {
            learner.tag(false);
            learnt = Learnt.UNTAGGED;
        }
        return committed;
    }

    private static boolean closes(byte c) {
        return c == ']' || c == ')';
    }

    /** Whether a field stands between tabs, with text behind it. */
    private static boolean tabbed(byte[] b, int p, int e, int to) {
        return b[p - 1] == '\t' && e + 1 < to && b[e] == '\t' && b[e + 1] != '{';
    }

    /** Takes a level or a thread from a bracket; true if it was the level. */
    private boolean bracket(byte[] b, int p, int close) {
        Level inner = leveled ? Level.UNKNOWN : Field.bracketed(b, p, close);
        if (inner != Level.UNKNOWN) {
            level = inner;
            leveled = true;
            return true;
        }
        if (b[p] == '[' || b[p] == '<') {
            field.word(b, p + 1, close - 1);
            if (field.marks == DIGITS) {
                origin.number(p + 1, close - 1);
            } else {
                origin.add(Origin.THREAD, p + 1, close - 1);
            }
        }
        return false;
    }

    /** Whether a word with a dash behind it is a logger: behind a level any name is, before one only if a level follows. */
    private boolean beforeDash(int has, byte[] b, int to) {
        if (leveled || (has & (DOTS | DIGITS)) != 0) {
            return !leveled || (has & (UPPERS | LOWERS)) != 0;
        }
        beyond = true;
        return field.levelBehind(b, to);
    }
}
