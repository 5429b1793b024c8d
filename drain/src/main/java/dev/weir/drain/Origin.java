package dev.weir.drain;

import java.nio.charset.StandardCharsets;

/**
 * Who wrote a line, as its header says: host, process, thread and logger, each as a range of the line's bytes. Used again
 * for every line.
 */
final class Origin {
    static final int HOST = 0;
    static final int LOGGER = 1;
    static final int PID = 2;
    static final int THREAD = 3;
    static final int MOST = 4;

    static final String[] NAMES = {"host", "logger", "pid", "thread"};
    /** Hashes of the names, as those of a structured line's fields are. */
    static final long[] HASHES = new long[MOST];

    static {
        for (int i = 0; i < MOST; i++) {
            byte[] name = NAMES[i].getBytes(StandardCharsets.US_ASCII);
            HASHES[i] = Bytes.hash(name, 0, name.length);
        }
    }

    final int[] kind = new int[MOST];
    final int[] from = new int[MOST];
    final int[] to = new int[MOST];
    int count;

    void clear() {
        count = 0;
    }

    /** Takes the first of a kind. */
    void add(int what, int start, int end) {
        if (end <= start) {
            return;
        }
        for (int i = 0; i < count; i++) {
            if (kind[i] == what) {
                return;
            }
        }
        kind[count] = what;
        from[count] = start;
        to[count++] = end;
    }

    /** A process's number, or where there is one already, a thread's. */
    void number(int start, int end) {
        int before = count;
        add(PID, start, end);
        if (count == before && end > start) {
            add(THREAD, start, end);
        }
    }

    /** {@code sshd[812]}, with its colon or without. */
    void process(byte[] b, int start, int end) {
        int e = end > start && b[end - 1] == ':' ? end - 1 : end;
        int open = e;
        if (e > start && b[e - 1] == ']') {
            open = e - 1;
            while (open > start && Bytes.digit(b[open - 1])) {
                open--;
            }
            boolean numbered = open < e - 1 && open > start && b[open - 1] == '[';
            if (numbered) {
                add(PID, open, e - 1);
            }
            open = numbered ? open - 1 : e;
        }
        add(LOGGER, start, open);
    }

    /** Forgets what turned out to be the message's. */
    void until(int message) {
        while (count > 0 && to[count - 1] > message) {
            count--;
        }
    }
}
