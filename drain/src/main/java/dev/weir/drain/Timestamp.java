package dev.weir.drain;

/**
 * Recognises the usual ways to write a moment: ISO 8601 and its relatives, syslog's, Apache's and nginx's, compact
 * digits, time of day alone, seconds or milliseconds since 1970. Reads them in one go, without a calendar library.
 */
final class Timestamp {
    private static final int NO_ZONE = Integer.MIN_VALUE;

    private int year;
    private int month;
    private int day;
    private int millisOfDay;
    private int zoneMinutes;
    private long epoch;
    private boolean timed;

    private int lastYear = -1;
    private int lastMonth;
    private int lastDay;
    private long lastDays;

    /** Whether the last one found was a plain number of seconds or milliseconds: a weaker sign than the rest. */
    boolean plainNumber;

    /** The end of a timestamp that starts at {@code p}, or -1. */
    int find(byte[] b, int p, int to) {
        year = -1;
        month = 0;
        day = 0;
        millisOfDay = 0;
        zoneMinutes = NO_ZONE;
        epoch = Miner.NO_TIME;
        timed = false;
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

    /** The moment last found; a missing year or day is taken from {@code around}. */
    long millis(long around) {
        if (epoch != Miner.NO_TIME) {
            return epoch;
        }
        if (!timed) {
            return Miner.NO_TIME;
        }
        int offset = zoneMinutes == NO_ZONE ? 0 : zoneMinutes;
        if (month > 0 && year >= 0) {
            return knownDays() * 86_400_000L + millisOfDay - offset * 60_000L;
        }
        if (around == Miner.NO_TIME) {
            return Miner.NO_TIME;
        }
        long today = Math.floorDiv(around, 86_400_000L);
        if (month == 0) {
            return today * 86_400_000L + millisOfDay - offset * 60_000L;
        }
        int about = (int) (1970 + Math.floorDiv(today * 400, 146_097L));
        long best = Miner.NO_TIME;
        for (int y = about - 1; y <= about + 1; y++) {
            long t = days(y, month, day) * 86_400_000L + millisOfDay - offset * 60_000L;
            if (best == Miner.NO_TIME || Math.abs(t - around) < Math.abs(best - around)) {
                best = t;
            }
        }
        return best;
    }

    /** Whether the one last found has a time of day: a date or a number alone may have another timestamp behind it. */
    boolean timeOfDay() {
        return timed;
    }

    /** Days since 1970; most lines are of the same day as the line before. */
    private long knownDays() {
        if (day != lastDay || month != lastMonth || year != lastYear) {
            lastDays = days(year, month, day);
            lastDay = day;
            lastMonth = month;
            lastYear = year;
        }
        return lastDays;
    }

    private int numeric(byte[] b, int p, int to) {
        int n = digits(b, p, to);
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
                    return timeOfDay(b, p, to, (byte) ':');
                }
                if (sep == '/') {
                    return slashed(b, p, e, to);
                }
                if ((sep == '-' || sep == '.') && n == 2 && digits(b, e + 1, to) == 2) {
                    month = number(b, p, 2);
                    day = number(b, e + 1, 2);
                    int after = e + 3;
                    return valid() && after + 1 < to && b[after] == ' ' ? timeOfDay(b, after + 1, to, (byte) ':') : -1;
                }
                if ((sep == ' ' || sep == '-' && e + 4 < to && b[e + 4] == '-')
                        && e + 4 < to
                        && month(b, e + 1, to) > 0) {
                    day = number(b, p, n);
                    month = month(b, e + 1, to);
                    return yearThenTime(b, e + 4, to);
                }
                return -1;
            case 6:
                if (sep == ' ' && digits(b, e + 1, to) == 6) {
                    year = 2000 + number(b, p, 2);
                    month = number(b, p + 2, 2);
                    day = number(b, p + 4, 2);
                    return valid() && compactTime(b, e + 1) ? e + 7 : -1;
                }
                return -1;
            case 8:
                year = number(b, p, 4);
                month = number(b, p + 4, 2);
                day = number(b, p + 6, 2);
                if (!valid() || year < 1970 || year > 2200 || e + 6 > to) {
                    return -1;
                }
                if (sep == '-' || sep == 'T' || sep == ' ' || sep == '_') {
                    if (digits(b, e + 1, to) == 6 && compactTime(b, e + 1)) {
                        return zone(b, e + 7, to);
                    }
                    return timeOfDay(b, e + 1, to, (byte) ':');
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
            int f = digits(b, e + 1, to);
            epoch += fraction(b, e + 1, f);
            return e + 1 + f;
        }
        return e;
    }

    private int yearFirst(byte[] b, int p, int to, byte sep) {
        year = number(b, p, 4);
        int q = p + 5;
        int m = digits(b, q, to);
        if (m < 1 || m > 2 || q + m + 1 >= to || b[q + m] != sep) {
            return -1;
        }
        month = number(b, q, m);
        q += m + 1;
        int d = digits(b, q, to);
        if (d < 1 || d > 2) {
            return -1;
        }
        day = number(b, q, d);
        q += d;
        if (!valid() || year < 1900 || year > 2200) {
            return -1;
        }
        if (q + 1 < to
                && (b[q] == 'T' || b[q] == ' ' || b[q] == '-' || b[q] == '_' || b[q] == ':')
                && Bytes.digit(b[q + 1])) {
            int t = timeOfDay(b, q + 1, to, (byte) ':');
            if (t < 0 && b[q] == '-') {
                t = timeOfDay(b, q + 1, to, (byte) '.');
            }
            if (t > 0) {
                return t;
            }
            return b[q] == ' ' ? q : -1;
        }
        return q;
    }

    private int slashed(byte[] b, int p, int e, int to) {
        int named = month(b, e + 1, to);
        if (named > 0 && e + 4 < to && b[e + 4] == '/') {
            day = number(b, p, e - p);
            month = named;
            return yearThenTime(b, e + 4, to);
        }
        int n2 = digits(b, e + 1, to);
        int second = e + 2 + n2;
        if (n2 < 1 || n2 > 2 || second >= to || b[second - 1] != '/') {
            return -1;
        }
        int n3 = digits(b, second, to);
        int first = number(b, p, e - p);
        int middle = number(b, e + 1, n2);
        if (n3 == 2) {
            year = 2000 + first;
            month = middle;
            day = number(b, second, 2);
        } else if (n3 == 4) {
            year = number(b, second, 4);
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
        return timeOfDay(b, q + 1, to, (byte) ':');
    }

    /** From the mark after a month's name: {@code /2024:10:11:12 +0000}, {@code  2024 10:11:12}. */
    private int yearThenTime(byte[] b, int mark, int to) {
        if (digits(b, mark + 1, to) != 4 || mark + 6 >= to) {
            return -1;
        }
        year = number(b, mark + 1, 4);
        return valid() ? timeOfDay(b, mark + 6, to, (byte) ':') : -1;
    }

    private int named(byte[] b, int p, int to) {
        int q = p;
        if (weekday(b, q, to)) {
            q += 3;
            q += q < to && b[q] == ',' ? 1 : 0;
            q += q < to && b[q] == ' ' ? 1 : 0;
            if (q < to && Bytes.digit(b[q])) {
                int end = numeric(b, q, to);
                return timed ? end : -1;
            }
        }
        month = month(b, q, to);
        if (month == 0 || q + 5 >= to || b[q + 3] != ' ') {
            return -1;
        }
        q += 4;
        q += b[q] == ' ' ? 1 : 0;
        int n = digits(b, q, to);
        if (n < 1 || n > 2) {
            return -1;
        }
        day = number(b, q, n);
        q += n;
        q += q < to && b[q] == ',' ? 1 : 0;
        if (q + 1 >= to || b[q] != ' ' || !valid()) {
            return -1;
        }
        if (digits(b, q + 1, to) == 4) {
            year = number(b, q + 1, 4);
            q += 5;
            return q + 1 < to ? timeOfDay(b, q + 1, to, (byte) ':') : -1;
        }
        int end = timeOfDay(b, q + 1, to, (byte) ':');
        if (end < 0) {
            return -1;
        }
        int y = end;
        if (y + 4 < to && b[y] == ' ' && upper(b[y + 1]) && upper(b[y + 2]) && upper(b[y + 3]) && b[y + 4] == ' ') {
            y += 4;
        }
        if (y < to
                && b[y] == ' '
                && digits(b, y + 1, to) == 4
                && (y + 5 == to || !Bytes.letter(b[y + 5]) && b[y + 5] != ':')) {
            int v = number(b, y + 1, 4);
            if (v >= 1970 && v <= 2200) {
                year = v;
                return y + 5;
            }
        }
        return end;
    }

    private int timeOfDay(byte[] b, int p, int to, byte sep) {
        int n = digits(b, p, to);
        int q = p + n;
        int m = q < to && b[q] == sep ? digits(b, q + 1, to) : 0;
        if (n < 1 || n > 2 || m < 1 || m > 2) {
            return -1;
        }
        int hour = number(b, p, n);
        int minute = number(b, q + 1, m);
        q += 1 + m;
        int second = 0;
        int millis = 0;
        int s = q < to && b[q] == sep ? digits(b, q + 1, to) : 0;
        if (s == 1 || s == 2) {
            second = number(b, q + 1, s);
            q += 1 + s;
            if (q + 1 < to && (b[q] == '.' || b[q] == ',' || b[q] == ':') && Bytes.digit(b[q + 1])) {
                int f = digits(b, q + 1, to);
                if (b[q] != ':' || f <= 3) {
                    millis = b[q] == ':' ? number(b, q + 1, f) : fraction(b, q + 1, f);
                    q += 1 + f;
                }
            }
        } else if (m == 1 || month == 0 && (q == to || b[q] != ']')) {
            // Two numbers alone are as often a line and a column.
            return -1;
        }
        if (hour > 24 || minute > 59 || second > 60) {
            return -1;
        }
        millisOfDay = ((hour * 60 + minute) * 60 + second) * 1000 + millis;
        if (q + 2 < to && b[q] == ' ' && b[q + 2] == 'M' && (b[q + 1] == 'A' || b[q + 1] == 'P') && hour <= 12) {
            millisOfDay += ((b[q + 1] == 'P' ? 12 : 0) - (hour == 12 ? 12 : 0)) * 3_600_000;
            q += 3;
        }
        timed = true;
        return zone(b, q, to);
    }

    private boolean compactTime(byte[] b, int p) {
        int hour = number(b, p, 2);
        int minute = number(b, p + 2, 2);
        int second = number(b, p + 4, 2);
        millisOfDay = ((hour * 60 + minute) * 60 + second) * 1000;
        timed = hour < 24 && minute < 60 && second < 61;
        return timed;
    }

    private int zone(byte[] b, int p, int to) {
        if (p >= to) {
            return p;
        }
        if (b[p] == 'Z') {
            zoneMinutes = 0;
            return p + 1;
        }
        int q = b[p] == ' ' ? p + 1 : p;
        if (q < to && (b[q] == '+' || b[q] == '-')) {
            int n = digits(b, q + 1, to);
            int minutes = -1;
            int end = q;
            if (n == 4) {
                minutes = number(b, q + 1, 2) * 60 + number(b, q + 3, 2);
                end = q + 5;
            } else if (n == 2 && q + 5 < to && b[q + 3] == ':' && digits(b, q + 4, to) == 2) {
                minutes = number(b, q + 1, 2) * 60 + number(b, q + 4, 2);
                end = q + 6;
            } else if (n == 2 && q == p) {
                minutes = number(b, q + 1, 2) * 60;
                end = q + 3;
            }
            if (minutes >= 0) {
                zoneMinutes = b[q] == '-' ? -minutes : minutes;
                return end;
            }
        }
        if (q + 3 <= to
                && q > p
                && (b[q] == 'U' && b[q + 1] == 'T' && b[q + 2] == 'C'
                        || b[q] == 'G' && b[q + 1] == 'M' && b[q + 2] == 'T')) {
            zoneMinutes = 0;
            return q + 3;
        }
        return p;
    }

    private boolean valid() {
        return month >= 1 && month <= 12 && day >= 1 && day <= 31;
    }

    private static boolean upper(byte c) {
        return c >= 'A' && c <= 'Z';
    }

    private static int digits(byte[] b, int p, int to) {
        int i = p;
        while (i < to && i - p < 20 && Bytes.digit(b[i])) {
            i++;
        }
        return i - p;
    }

    private static int number(byte[] b, int p, int n) {
        int v = 0;
        for (int i = 0; i < n; i++) {
            v = v * 10 + b[p + i] - '0';
        }
        return v;
    }

    private static int fraction(byte[] b, int p, int n) {
        int v = 0;
        for (int i = 0; i < 3; i++) {
            v = v * 10 + (i < n ? b[p + i] - '0' : 0);
        }
        return v;
    }

    /** The number of the month whose short name is at {@code p}, or 0. */
    private static int month(byte[] b, int p, int to) {
        switch (threeLetters(b, p, to)) {
            case 'j' << 16 | 'a' << 8 | 'n':
                return 1;
            case 'f' << 16 | 'e' << 8 | 'b':
                return 2;
            case 'm' << 16 | 'a' << 8 | 'r':
                return 3;
            case 'a' << 16 | 'p' << 8 | 'r':
                return 4;
            case 'm' << 16 | 'a' << 8 | 'y':
                return 5;
            case 'j' << 16 | 'u' << 8 | 'n':
                return 6;
            case 'j' << 16 | 'u' << 8 | 'l':
                return 7;
            case 'a' << 16 | 'u' << 8 | 'g':
                return 8;
            case 's' << 16 | 'e' << 8 | 'p':
                return 9;
            case 'o' << 16 | 'c' << 8 | 't':
                return 10;
            case 'n' << 16 | 'o' << 8 | 'v':
                return 11;
            case 'd' << 16 | 'e' << 8 | 'c':
                return 12;
            default:
                return 0;
        }
    }

    private static boolean weekday(byte[] b, int p, int to) {
        switch (threeLetters(b, p, to)) {
            case 'm' << 16 | 'o' << 8 | 'n':
            case 't' << 16 | 'u' << 8 | 'e':
            case 'w' << 16 | 'e' << 8 | 'd':
            case 't' << 16 | 'h' << 8 | 'u':
            case 'f' << 16 | 'r' << 8 | 'i':
            case 's' << 16 | 'a' << 8 | 't':
            case 's' << 16 | 'u' << 8 | 'n':
                return true;
            default:
                return false;
        }
    }

    /** A word of three letters, folded to lower case and packed; 0 for any other. */
    private static int threeLetters(byte[] b, int p, int to) {
        if (p + 3 > to || p + 3 < to && Bytes.letter(b[p + 3])) {
            return 0;
        }
        return (b[p] | 32) << 16 | (b[p + 1] | 32) << 8 | b[p + 2] | 32;
    }

    /** Days since 1970 of a date in the proleptic Gregorian calendar. */
    private static long days(int year, int month, int day) {
        int y = month <= 2 ? year - 1 : year;
        int era = Math.floorDiv(y, 400);
        int ofEra = y - era * 400;
        int ofYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
        return era * 146_097L + ofEra * 365L + ofEra / 4 - ofEra / 100 + ofYear - 719_468;
    }
}
