package dev.weir.drain;

import java.util.Arrays;

/**
 * The named fields of a structured line, found by {@link Json} or {@link Logfmt}: which of them is the message, which
 * the level and the time, and the rest. Names and values are unescaped into one buffer that is used again for every line.
 */
final class Fields {
    static final int MOST = 48;

    private static final String[] LEVELS = {"level", "lvl", "severity", "loglevel", "levelname", "log.level"};
    private static final String[] TIMES = {"time", "ts", "timestamp", "@timestamp", "t", "datetime"};
    private static final String[] MESSAGES = {"msg", "message"};
    private static final String[] ALSO_MESSAGES = {"@message", "@m", "log", "text"};
    private static final String[] MAYBE_MESSAGES = {"event", "body"};

    byte[] text = new byte[1024];
    int length;

    final int[] nameFrom = new int[MOST];
    final int[] nameTo = new int[MOST];
    final int[] valueFrom = new int[MOST];
    final int[] valueTo = new int[MOST];
    int count;

    int messageFrom;
    int messageTo;
    Level level;
    long time;

    private final int most;
    private final Timestamp timestamp = new Timestamp();
    private int messageRank;

    Fields(int most) {
        this.most = most;
        this.level = Level.UNKNOWN;
    }

    void clear() {
        length = 0;
        count = 0;
        messageFrom = -1;
        messageTo = -1;
        messageRank = 0;
        level = Level.UNKNOWN;
        time = Miner.NO_TIME;
    }

    boolean hasMessage() {
        return messageFrom >= 0;
    }

    /** Appends a byte of a name or value; beyond the cap they are cut. */
    void append(byte b) {
        if (length < most) {
            if (length == text.length) {
                text = Arrays.copyOf(text, Math.min(most, length * 2));
            }
            text[length++] = b;
        }
    }

    /** Takes in a field whose name and value have been appended. */
    void add(int nFrom, int nTo, int vFrom, int vTo, boolean quoted, long around) {
        int rank = quoted ? messageRank(nFrom, nTo) : 0;
        if (rank > messageRank) {
            messageRank = rank;
            messageFrom = vFrom;
            messageTo = vTo;
            return;
        }
        if (level == Level.UNKNOWN && named(nFrom, nTo, LEVELS)) {
            level = levelOf(vFrom, vTo);
            if (level != Level.UNKNOWN) {
                return;
            }
        }
        if (time == Miner.NO_TIME && named(nFrom, nTo, TIMES)) {
            time = timeOf(vFrom, vTo, around);
            if (time != Miner.NO_TIME) {
                return;
            }
        }
        if (count < MOST && nTo > nFrom) {
            nameFrom[count] = nFrom;
            nameTo[count] = nTo;
            valueFrom[count] = vFrom;
            valueTo[count++] = vTo;
        }
    }

    private int messageRank(int from, int to) {
        return named(from, to, MESSAGES)
                ? 3
                : named(from, to, ALSO_MESSAGES) ? 2 : named(from, to, MAYBE_MESSAGES) ? 1 : 0;
    }

    private boolean named(int from, int to, String[] names) {
        for (String name : names) {
            if (to - from == name.length() && Event.starts(text, from, to, name)) {
                return true;
            }
        }
        return false;
    }

    private Level levelOf(int from, int to) {
        if (to - from == 2 && Bytes.digit(text[from]) && Bytes.digit(text[from + 1])) {
            return Levels.of((text[from] - '0') * 10 + text[from + 1] - '0');
        }
        return Levels.of(text, from, to);
    }

    private long timeOf(int from, int to, long around) {
        int n = 0;
        while (from + n < to && Bytes.digit(text[from + n])) {
            n++;
        }
        if (n == to - from && (n == 16 || n == 19)) {
            long v = 0;
            for (int i = from; i < from + 13; i++) {
                v = v * 10 + text[i] - '0';
            }
            return v;
        }
        return timestamp.find(text, from, to) > 0 ? timestamp.millis(around) : Miner.NO_TIME;
    }
}
