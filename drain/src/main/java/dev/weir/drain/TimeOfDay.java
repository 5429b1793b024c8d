package dev.weir.drain;

/** A time of day as logs write it, with fraction, half of the day and zone; remembers the one last read. */
final class TimeOfDay {
    static final int NO_ZONE = Integer.MIN_VALUE;
    /** For a separator: there is none, six digits in a row. */
    static final byte COMPACT = 0;
    /** The same, and a zone may follow. */
    static final byte ZONED = 1;

    int millisOfDay;
    int zoneMinutes = NO_ZONE;
    /** Where the one last looked at starts and ends, what its parts are separated by, and whether a date stood before it. */
    int from;

    int end;
    byte separator;
    boolean dated;

    /** Whether there was one since it was last forgotten. */
    boolean read;

    void forget() {
        millisOfDay = 0;
        zoneMinutes = NO_ZONE;
        read = false;
    }

    /** Milliseconds since midnight, by the clock of UTC. */
    long ofDay() {
        return millisOfDay - (zoneMinutes == NO_ZONE ? 0 : zoneMinutes) * 60_000L;
    }

    /** The end of the time at {@code p}, zone included, or -1; hours and minutes alone are one only behind a date. */
    int read(byte[] b, int p, int to, byte sep, boolean behindDate) {
        from = p;
        separator = sep;
        dated = behindDate;
        end = parts(b, p, to, sep);
        return end;
    }

    /** The end of a time that is written like the one these were taken from, or -1. */
    int again(byte[] b, int p, int to, byte sep, boolean behindDate) {
        if (sep == COMPACT) {
            return Digits.count(b, p, to) == 6 && compact(b, p) ? p + 6 : -1;
        }
        return read(b, p, to, sep, behindDate);
    }

    private int parts(byte[] b, int p, int to, byte sep) {
        int clock = sep == ':' ? Digits.clock(b, p, to) : -1;
        if (clock >= 0 && (p + 8 == to || !Bytes.digit(b[p + 8]))) {
            return fromSeconds(b, p + 8, to, clock / 10_000, clock / 100 % 100, clock % 100);
        }
        int n = Digits.count(b, p, to);
        int q = p + n;
        int m = q < to && b[q] == sep ? Digits.count(b, q + 1, to) : 0;
        if (n < 1 || n > 2 || m < 1 || m > 2) {
            return -1;
        }
        int hour = Digits.number(b, p, n);
        int minute = Digits.number(b, q + 1, m);
        q += 1 + m;
        int s = q < to && b[q] == sep ? Digits.count(b, q + 1, to) : 0;
        if (s == 1 || s == 2) {
            return fromSeconds(b, q + 1 + s, to, hour, minute, Digits.number(b, q + 1, s));
        }
        if (m == 1 || !dated && (q == to || b[q] != ']')) {
            // Two numbers alone are as often a line and a column.
            return -1;
        }
        return day(b, q, to, hour, minute, 0, 0);
    }

    /** What may stand behind the seconds: their fraction. */
    private int fromSeconds(byte[] b, int p, int to, int hour, int minute, int second) {
        if (p + 1 < to && (b[p] == '.' || b[p] == ',' || b[p] == ':') && Bytes.digit(b[p + 1])) {
            int f = Digits.count(b, p + 1, to);
            if (b[p] != ':' || f <= 3) {
                int millis = b[p] == ':' ? Digits.number(b, p + 1, f) : Digits.fraction(b, p + 1, f);
                return day(b, p + 1 + f, to, hour, minute, second, millis);
            }
        }
        return day(b, p, to, hour, minute, second, 0);
    }

    /** And behind that: which half of the day is meant, and the zone. */
    private int day(byte[] b, int p, int to, int hour, int minute, int second, int millis) {
        int q = p;
        if (hour > 24 || minute > 59 || second > 60) {
            return -1;
        }
        millisOfDay = ((hour * 60 + minute) * 60 + second) * 1000 + millis;
        if (q + 2 < to && b[q] == ' ' && b[q + 2] == 'M' && (b[q + 1] == 'A' || b[q + 1] == 'P') && hour <= 12) {
            millisOfDay += ((b[q + 1] == 'P' ? 12 : 0) - (hour == 12 ? 12 : 0)) * 3_600_000;
            q += 3;
        }
        read = true;
        return zone(b, q, to);
    }

    /** Reads {@code hhmmss}; false if it is no time. */
    boolean compact(byte[] b, int p) {
        from = p;
        end = p + 6;
        separator = COMPACT;
        int hour = Digits.number(b, p, 2);
        int minute = Digits.number(b, p + 2, 2);
        int second = Digits.number(b, p + 4, 2);
        millisOfDay = ((hour * 60 + minute) * 60 + second) * 1000;
        read = hour < 24 && minute < 60 && second < 61;
        return read;
    }

    /** The end of a zone that may stand at {@code p}. */
    int zone(byte[] b, int p, int to) {
        if (p >= to) {
            return p;
        }
        if (b[p] == 'Z') {
            zoneMinutes = 0;
            return p + 1;
        }
        int q = b[p] == ' ' ? p + 1 : p;
        if (q < to && (b[q] == '+' || b[q] == '-')) {
            int n = Digits.count(b, q + 1, to);
            int minutes = -1;
            int end = q;
            if (n == 4) {
                minutes = Digits.number(b, q + 1, 2) * 60 + Digits.number(b, q + 3, 2);
                end = q + 5;
            } else if (n == 2 && q + 5 < to && b[q + 3] == ':' && Digits.count(b, q + 4, to) == 2) {
                minutes = Digits.number(b, q + 1, 2) * 60 + Digits.number(b, q + 4, 2);
                end = q + 6;
            } else if (n == 2 && q == p) {
                minutes = Digits.number(b, q + 1, 2) * 60;
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
}
