package dev.weir.drain;

/**
 * Recognises the usual ways to write a moment: ISO 8601 and its relatives, syslog's, Apache's and nginx's, compact
 * digits, time of day alone, seconds or milliseconds since 1970. Reads them in one go, without a calendar library.
 */
final class Timestamp {
    private int year;
    private int month;
    private int day;
    private long epoch;
    final TimeOfDay clock = new TimeOfDay();

    private final Days days = new Days();

    /** Whether the last one found was a plain number of seconds or milliseconds: a weaker sign than the rest. */
    boolean plainNumber;

    /** The end of a timestamp that starts at {@code p}, or -1. */
    int find(byte[] b, int p, int to) {
        year = -1;
        month = 0;
        day = 0;
        clock.forget();
        epoch = Miner.NO_TIME;
        plainNumber = false;
        if (p >= to) {
            return -1;
        }
        int end = Bytes.digit(b[p]) ? numeric(b, p, to) : Bytes.letter(b[p]) ? named(b, p, to) : -1;
        if (end < 0 || end < to && (Bytes.letter(b[end]) || Bytes.digit(b[end]))) {
            return -1;
        }
        return end;
    }

    /** Tells of the one last found, from {@code start} to {@code end}, if it has a time of day. */
    void tell(Clocked of, int field, int start, int end) {
        of.field = field;
        of.start = start;
        of.from = clock.from;
        of.end = clock.end;
        of.separator = clock.separator;
        of.dated = clock.dated;
        of.stampEnd = end;
        of.dateGiven = month > 0;
        of.yearGiven = month > 0 && year >= 0;
        of.ofDay = clock.ofDay();
    }

    /** The moment last found; a missing year or day is taken from {@code around}. */
    long millis(long around) {
        if (epoch != Miner.NO_TIME) {
            return epoch;
        }
        if (!clock.read) {
            return Miner.NO_TIME;
        }
        if (month > 0 && year >= 0) {
            return days.since1970(year, month, day) * 86_400_000L + clock.ofDay();
        }
        if (around == Miner.NO_TIME) {
            return Miner.NO_TIME;
        }
        long today = Math.floorDiv(around, 86_400_000L);
        if (month == 0) {
            return today * 86_400_000L + clock.ofDay();
        }
        int about = (int) (1970 + Math.floorDiv(today * 400, 146_097L));
        long best = Miner.NO_TIME;
        for (int y = about - 1; y <= about + 1; y++) {
            long t = Days.of(y, month, day) * 86_400_000L + clock.ofDay();
            if (best == Miner.NO_TIME || Math.abs(t - around) < Math.abs(best - around)) {
                best = t;
            }
        }
        return best;
    }

    /** Whether the one last found has a time of day: a date or a number alone may have another timestamp behind it. */
    boolean timeOfDay() {
        return clock.read;
    }

    private int numeric(byte[] b, int p, int to) {
        int n = Digits.count(b, p, to);
        int e = p + n;
        byte sep = e < to ? b[e] : 0;
        switch (n) {
            case 4:
                if (sep == '-' || sep == '/' || sep == '.') {
                    return yearFirst(b, p, to, sep);
                }
                return -1;
            case 1:
            case 2:
                if (sep == ':') {
                    return clock(b, p, to, ':');
                }
                if (sep == '/') {
                    return slashed(b, p, e, to);
                }
                if ((sep == '-' || sep == '.') && n == 2 && Digits.count(b, e + 1, to) == 2) {
                    month = Digits.number(b, p, 2);
                    day = Digits.number(b, e + 1, 2);
                    int after = e + 3;
                    return valid() && after + 1 < to && b[after] == ' ' ? clock(b, after + 1, to, ':') : -1;
                }
                if ((sep == ' ' || sep == '-' && e + 4 < to && b[e + 4] == '-')
                        && e + 4 < to
                        && Months.month(b, e + 1, to) > 0) {
                    day = Digits.number(b, p, n);
                    month = Months.month(b, e + 1, to);
                    return yearThenTime(b, e + 4, to);
                }
                return -1;
            case 6:
                if (sep == ' ' && Digits.count(b, e + 1, to) == 6) {
                    year = 2000 + Digits.number(b, p, 2);
                    month = Digits.number(b, p + 2, 2);
                    day = Digits.number(b, p + 4, 2);
                    return valid() && clock.compact(b, e + 1) ? e + 7 : -1;
                }
                return -1;
            case 8:
                year = Digits.number(b, p, 4);
                month = Digits.number(b, p + 4, 2);
                day = Digits.number(b, p + 6, 2);
                if (!valid() || year < 1970 || year > 2200 || e + 6 > to) {
                    return -1;
                }
                if (sep == '-' || sep == 'T' || sep == ' ' || sep == '_') {
                    if (Digits.count(b, e + 1, to) == 6 && clock.compact(b, e + 1)) {
                        clock.separator = TimeOfDay.ZONED;
                        return clock.zone(b, e + 7, to);
                    }
                    return clock(b, e + 1, to, ':');
                }
                return -1;
            case 10:
            case 13:
                return sinceEpoch(b, p, n, e, to);
            default:
                return -1;
        }
    }

    private int sinceEpoch(byte[] b, int p, int n, int e, int to) {
        if (b[p] != '1'
                || e < to && b[e] != ' ' && b[e] != '.' && b[e] != ']' && b[e] != '\t' && b[e] != '|' && b[e] != ',') {
            return -1;
        }
        long v = 0;
        for (int i = p; i < e; i++) {
            v = v * 10 + b[i] - '0';
        }
        epoch = n == 10 ? v * 1000 : v;
        plainNumber = true;
        if (n == 10 && e + 1 < to && b[e] == '.' && Bytes.digit(b[e + 1])) {
            int f = Digits.count(b, e + 1, to);
            epoch += Digits.fraction(b, e + 1, f);
            return e + 1 + f;
        }
        return e;
    }

    private int yearFirst(byte[] b, int p, int to, byte sep) {
        year = Digits.number(b, p, 4);
        int q = p + 5;
        int m = Digits.count(b, q, to);
        if (m < 1 || m > 2 || q + m + 1 >= to || b[q + m] != sep) {
            return -1;
        }
        month = Digits.number(b, q, m);
        q += m + 1;
        int d = Digits.count(b, q, to);
        if (d < 1 || d > 2) {
            return -1;
        }
        day = Digits.number(b, q, d);
        q += d;
        if (!valid() || year < 1900 || year > 2200) {
            return -1;
        }
        if (q + 1 < to
                && (b[q] == 'T' || b[q] == ' ' || b[q] == '-' || b[q] == '_' || b[q] == ':')
                && Bytes.digit(b[q + 1])) {
            int t = clock(b, q + 1, to, ':');
            if (t < 0 && b[q] == '-') {
                t = clock(b, q + 1, to, '.');
            }
            if (t > 0) {
                return t;
            }
            return b[q] == ' ' ? q : -1;
        }
        return q;
    }

    private int slashed(byte[] b, int p, int e, int to) {
        int named = Months.month(b, e + 1, to);
        if (named > 0 && e + 4 < to && b[e + 4] == '/') {
            day = Digits.number(b, p, e - p);
            month = named;
            return yearThenTime(b, e + 4, to);
        }
        int n2 = Digits.count(b, e + 1, to);
        int second = e + 2 + n2;
        if (n2 < 1 || n2 > 2 || second >= to || b[second - 1] != '/') {
            return -1;
        }
        int n3 = Digits.count(b, second, to);
        int first = Digits.number(b, p, e - p);
        int middle = Digits.number(b, e + 1, n2);
        if (n3 == 2) {
            year = 2000 + first;
            month = middle;
            day = Digits.number(b, second, 2);
        } else if (n3 == 4) {
            year = Digits.number(b, second, 4);
            month = first > 12 ? middle : first;
            day = first > 12 ? first : middle;
        } else {
            return -1;
        }
        int q = second + n3;
        if (q + 2 < to && b[q] == ',' && b[q + 1] == ' ') {
            q++;
        }
        if (!valid() || q + 1 >= to || b[q] != ' ' && b[q] != ':' && b[q] != '-' && b[q] != 'T') {
            return -1;
        }
        return clock(b, q + 1, to, ':');
    }

    /** From the mark after a month's name: {@code /2024:10:11:12 +0000}, {@code  2024 10:11:12}. */
    private int yearThenTime(byte[] b, int mark, int to) {
        if (Digits.count(b, mark + 1, to) != 4 || mark + 6 >= to) {
            return -1;
        }
        year = Digits.number(b, mark + 1, 4);
        return valid() ? clock(b, mark + 6, to, ':') : -1;
    }

    private int named(byte[] b, int p, int to) {
        int q = p;
        if (Months.weekday(b, q, to)) {
            q += 3;
            q += q < to && b[q] == ',' ? 1 : 0;
            q += q < to && b[q] == ' ' ? 1 : 0;
            if (q < to && Bytes.digit(b[q])) {
                int end = numeric(b, q, to);
                return clock.read ? end : -1;
            }
        }
        month = Months.month(b, q, to);
        if (month == 0 || q + 5 >= to || b[q + 3] != ' ') {
            return -1;
        }
        q += 4;
        q += b[q] == ' ' ? 1 : 0;
        int n = Digits.count(b, q, to);
        if (n < 1 || n > 2) {
            return -1;
        }
        day = Digits.number(b, q, n);
        q += n;
        q += q < to && b[q] == ',' ? 1 : 0;
        if (q + 1 >= to || b[q] != ' ' || !valid()) {
            return -1;
        }
        if (Digits.count(b, q + 1, to) == 4) {
            year = Digits.number(b, q + 1, 4);
            q += 5;
            return q + 1 < to ? clock(b, q + 1, to, ':') : -1;
        }
        int end = clock(b, q + 1, to, ':');
        if (end < 0) {
            return -1;
        }
        int y = end;
        if (y + 4 < to && b[y] == ' ' && upper(b[y + 1]) && upper(b[y + 2]) && upper(b[y + 3]) && b[y + 4] == ' ') {
            y += 4;
        }
        if (y < to
                && b[y] == ' '
                && Digits.count(b, y + 1, to) == 4
                && (y + 5 == to || !Bytes.letter(b[y + 5]) && b[y + 5] != ':')) {
            int v = Digits.number(b, y + 1, 4);
            if (v >= 1970 && v <= 2200) {
                year = v;
                return y + 5;
            }
        }
        return end;
    }

    private int clock(byte[] b, int p, int to, char sep) {
        return clock.read(b, p, to, (byte) sep, month != 0);
    }

    private boolean valid() {
        return month >= 1 && month <= 12 && day >= 1 && day <= 31;
    }

    private static boolean upper(byte c) {
        return c >= 'A' && c <= 'Z';
    }
}
