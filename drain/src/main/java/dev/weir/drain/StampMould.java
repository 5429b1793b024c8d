package dev.weir.drain;

import static dev.weir.drain.Bytes.digit;
import static dev.weir.drain.Field.skip;

/**
 * What stood before a time of day at the start of a line, byte for byte. Where a line starts the same, it has the same day,
 * and nothing but the time of day is read.
 */
final class StampMould {
    private static final int WORDS = 8;
    private static final int LONGEST = 8 * WORDS;
    private static final long DAY = 86_400_000L;
    /** A moment within so many milliseconds of another is nearer to it than the same date of any other year. */
    private static final long HALF_A_YEAR = 180 * DAY;

    private final long[] front = new long[WORDS];
    /** Fifteen for each byte before the time of day that may be any digit. */
    private final long[] free = new long[WORDS];
    /** How much stands before the time of day; 0 while there is nothing in here. */
    private int length;

    private int clockLength;
    private byte separator;
    private boolean dated;
    /** What stands behind the time of day: the year, if it does, and what follows. */
    private long behind;

    private int tail;
    private int closing;
    /** Where the field with the timestamp starts, and the timestamp itself. */
    private int field;

    private int stamp;
    private Day day = Day.NONE;
    private long midnight;

    /** What {@link HeaderTime} found beside it. */
    Level level = Level.UNKNOWN;

    /** Whether the last line that fitted has a timestamp of syslog's. */
    boolean syslog;

    final OriginMould origin = new OriginMould();

    /** The moment that the last line which fitted names. */
    long time = Miner.NO_TIME;

    private enum Day {
        NONE,
        GIVEN,
        WITHOUT_YEAR,
        WITHOUT_YEAR_OR_TIME
    }

    /** The end of the header's time, if the line at {@code p} starts as the one that this was made of, or -1. */
    int fits(byte[] b, int p, int end, TimeOfDay clock, long around) {
        int n = length;
        int s = p + n;
        int e = s + clockLength;
        if (n == 0
                || e + tail >= end
                || e + 8 > b.length
                || (Bytes.load(b, e) ^ behind) << 56 - 8 * tail != 0
                || !starts(b, p, n)) {
            return -1;
        }
        clock.forget();
        if (clock.again(b, s, end, separator, dated) != e
                || tail == 0 && Bytes.letter(b[p + stamp]) && yearMayFollow(b, e, end)) {
            return -1;
        }
        int q = skip(b, e + tail + closing, end);
        if (q < end && (digit(b[q]) || b[q] == '[') && mayBeATime(b, q, end)) {
            return -1;
        }
        long ofDay = clock.ofDay();
        if (day == Day.GIVEN) {
            time = midnight + ofDay;
        } else if (around == Miner.NO_TIME) {
            time = Miner.NO_TIME;
        } else if (day == Day.NONE) {
            time = Math.floorDiv(around, DAY) * DAY + ofDay;
        } else {
            time = midnight + ofDay;
            if (day == Day.WITHOUT_YEAR_OR_TIME || Math.abs(time - around) > HALF_A_YEAR) {
                return -1;
            }
        }
        syslog = HeaderTime.bySyslog(b, p + field, p + stamp, e + tail + closing, end);
        return e + tail + closing;
    }

    private boolean starts(byte[] b, int p, int n) {
        int i = 0;
        for (; i + 8 <= n; i += 8) {
            if (load(b, p + i, free[i >>> 3]) != front[i >>> 3]) {
                return false;
            }
        }
        return i == n || (load(b, p + i, free[i >>> 3]) ^ front[i >>> 3]) << 64 - 8 * (n - i) == 0;
    }

    /** Eight bytes, with a zero for every digit that is free. */
    private static long load(byte[] b, int p, long free) {
        long w = Bytes.load(b, p);
        return free == 0 ? w : w & ~(FieldsMould.digits(w) & free);
    }

    /** Remembers the line whose time has just been found; false if others cannot be told by it. */
    boolean remember(byte[] b, int p, int end, HeaderTime times, Level found, Origin told) {
        length = 0;
        Clocked at = times.clocked;
        int n = at.from - p;
        int e = at.end;
        int rest = at.stampEnd - e;
        boolean bracketed = at.start > p && b[at.start - 1] == '[';
        if (times.stamps != 1 && !(at.yearGiven && rest == 0)
                || rest > 6
                || at.separator == TimeOfDay.ZONED
                || n <= 0
                || n > LONGEST
                || e + rest >= end
                || e + 8 > b.length
                || p + LONGEST + 8 > b.length
                || bracketed && b[e + rest] != ']') {
            return false;
        }
        for (int i = 0; i < n; i += 8) {
            free[i >>> 3] = 0;
        }
        if (times.stamps > 1) {
            for (int i = p; i < at.start; i++) {
                if (b[i] == '[') {
                    return false;
                }
            }
            free(b, p, at.start);
        }
        for (int i = 0; i < n; i += 8) {
            front[i >>> 3] = load(b, p + i, free[i >>> 3]);
        }
        length = n;
        clockLength = e - at.from;
        separator = at.separator;
        dated = at.dated;
        tail = rest;
        behind = Bytes.load(b, e);
        closing = times.end - e - rest;
        stamp = at.start - p;
        field = at.field - p;
        level = found;
        midnight = times.time - at.ofDay;
        day = at.yearGiven
                ? Day.GIVEN
                : !at.dateGiven ? Day.NONE : times.time == Miner.NO_TIME ? Day.WITHOUT_YEAR_OR_TIME : Day.WITHOUT_YEAR;
        origin.remember(told, p);
        return true;
    }

    /** Finds the digits that say nothing of a moment, as those of names, or nothing that another timestamp does not say. */
    private void free(byte[] b, int p, int to) {
        int w = p;
        while (w < to) {
            int e = w;
            while (e < to && !Bytes.space(b[e])) {
                e++;
            }
            boolean name = Bytes.letter(b[w]) && Months.month(b, w, to) == 0 && !Months.weekday(b, w, to);
            boolean number = e - w == 10 && b[w] == '1' && Digits.count(b, w, e) == 10;
            for (int i = number ? w + 1 : w; (name || number) && i < e; i++) {
                free[i - p >>> 3] |= 15L << 8 * (i - p & 7);
            }
            w = e + 1;
        }
    }

    /** Whether a year may stand behind a time, or a zone and a year. */
    private static boolean yearMayFollow(byte[] b, int e, int to) {
        int y = e + 1;
        if (y >= to || b[e] != ' ') {
            return false;
        }
        return digit(b[y]) || y + 3 < to && b[y + 3] == ' ' && b[y] < 'a' && b[y + 1] < 'a' && b[y + 2] < 'a';
    }

    /** Whether digits like these could be a moment, with other values. */
    private static boolean mayBeATime(byte[] b, int at, int to) {
        int p = b[at] == '[' ? at + 1 : at;
        int n = Digits.count(b, p, to);
        int e = p + n;
        byte next = e < to ? b[e] : 0;
        switch (n) {
            case 0:
                return Months.month(b, p, to) > 0 || Months.weekday(b, p, to);
            case 1:
            case 2:
                return next == ':'
                        || next == '/'
                        || next == '-'
                        || next == '.'
                        || next == ' ' && Months.month(b, e + 1, to) > 0;
            case 4:
                return next == '-' || next == '/' || next == '.';
            case 6:
                return next == ' ' && Digits.count(b, e + 1, to) == 6;
            case 8:
            case 10:
            case 13:
                return true;
            default:
                return false;
        }
    }
}
