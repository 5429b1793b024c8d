package dev.weir.drain;

import static dev.weir.drain.Bytes.digit;
import static dev.weir.drain.Bytes.letter;
import static dev.weir.drain.Bytes.space;
import static dev.weir.drain.Field.skip;

/**
 * What single frameworks put right behind a timestamp or around it: logcat's tag, a channel with its level, a source file
 * in front of a bracket, a user and a database. Each is taken only whole.
 */
final class FrameworkHeader {
    private static final int LONGEST_NAME = 64;

    private final Origin origin;
    private final Field field;

    Level level = Level.UNKNOWN;

    FrameworkHeader(Origin origin, Field field) {
        this.origin = origin;
        this.field = field;
    }

    /** Where the message starts behind what is at {@code p}, or -1. Sets the level only if it finds one. */
    int cut(byte[] b, int p, int to) {
        level = Level.UNKNOWN;
        if (p + 3 >= to || !letter(b[p])) {
            return -1;
        }
        if (b[p + 1] == '/') {
            return tag(b, p, to);
        }
        return b[p + 1] == ' ' ? file(b, p, to) : channel(b, p, to);
    }

    /** {@code I/ActivityManager(  912): message}. */
    int tag(byte[] b, int p, int to) {
        Level named = Levels.of(b[p]);
        int most = Math.min(to, p + LONGEST_NAME);
        int open = p + 2;
        while (open < most && b[open] != '(') {
            open++;
        }
        int number = open < most ? skip(b, open + 1, most) : most;
        int e = number;
        while (e < most && digit(b[e])) {
            e++;
        }
        if (named == Level.UNKNOWN || e == number || e + 1 >= to || b[e] != ')' || b[e + 1] != ':') {
            return -1;
        }
        int end = Field.trim(b, p + 2, open);
        if (field.word(b, p + 2, end) < end) {
            return -1;
        }
        level = named;
        origin.add(Origin.LOGGER, p + 2, end);
        origin.add(Origin.PID, number, e);
        return skip(b, e + 2, to);
    }

    /** {@code I tensorflow/core/platform/cpu_guard.cc:142] message}. */
    private int file(byte[] b, int p, int to) {
        Level named = Levels.of(b[p]);
        int start = p + 2;
        int e = field.word(b, start, to);
        if (named == Level.UNKNOWN || e - start < 4 || b[e - 1] != ']') {
            return -1;
        }
        int colon = e - 2;
        while (colon > start && digit(b[colon])) {
            colon--;
        }
        if (colon == e - 2 || b[colon] != ':') {
            return -1;
        }
        level = named;
        origin.add(Origin.LOGGER, start, e - 1);
        return skip(b, e, to);
    }

    /** {@code request.CRITICAL: message}. */
    private int channel(byte[] b, int p, int to) {
        int e = field.word(b, p, to);
        if (e - p > LONGEST_NAME || e - p < 5 || b[e - 1] != ':') {
            return -1;
        }
        int dot = e - 2;
        while (dot > p && b[dot] != '.') {
            dot--;
        }
        if (dot == p || !Field.capitals(b, dot + 1, e - 1)) {
            return -1;
        }
        level = Levels.of(b, dot + 1, e - 1);
        if (level == Level.UNKNOWN) {
            return -1;
        }
        origin.add(Origin.LOGGER, p, dot);
        return skip(b, e, to);
    }

    /** Behind {@code user@database} where a level follows, as databases write it, or -1. */
    int account(byte[] b, int p, int e, int to) {
        int at = p;
        while (at < e && b[at] != '@') {
            at++;
        }
        int next = skip(b, e, to);
        if (at == e || e - p > LONGEST_NAME || next == to) {
            return -1;
        }
        int end = field.word(b, next, to);
        return b[end - 1] == ':' && Field.capitals(b, next, end - 1) && Levels.of(b, next, end - 1) != Level.UNKNOWN
                ? next
                : -1;
    }

    /**
     * Behind the bracket a timestamp is in, if it holds more than the time, or {@code e}: {@code [12:00:01,123:
     * INFO/MainProcess]}, {@code [2024-05-01T12:00:01Z WARN  app::server]}.
     */
    int rest(byte[] b, int open, int e, int to) {
        int close = e < to && (b[e] == ':' || space(b[e])) ? Field.close(b, open, to) : -1;
        if (close < 0) {
            return e;
        }
        int p = skip(b, b[e] == ':' ? e + 1 : e, close - 1);
        int word = p;
        while (word < close - 1 && letter(b[word])) {
            word++;
        }
        level = Levels.of(b, p, word);
        if (level == Level.UNKNOWN) {
            return e;
        }
        int name = skip(b, word < close - 1 && b[word] == '/' ? word + 1 : word, close - 1);
        origin.add(b[word] == '/' ? Origin.THREAD : Origin.LOGGER, name, close - 1);
        return close;
    }
}
