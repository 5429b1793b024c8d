package dev.weir.api.lines;

/**
 * How far back the next reading of a log should begin, which can only be read forwards. A record holds one line or some
 * thousands, and how many is known of those only that were read: steps grow while records are small, and a reading that
 * would come to far more lines than it should is given up early, for a shorter step.
 */
final class StepsBack {
    /** Lines that one reading should come to: enough to be worth the way to the broker. */
    private static final int LINES = 16_000;

    private static final int TOO_MANY = 2 * LINES;
    /** Before so many lines nothing is said of a reading: they cost less than another one. */
    private static final int TOO_FEW_TO_TELL = 200;

    private static final int MOST_RECORDS = 4_096;
    private static final int GROWTH = 4;
    private static final int SHRINKING = 8;

    private long records = GROWTH;
    /** The newest record that is known to be large, as a reading began there that was given up. */
    private long large = -1;

    /** Where to begin reading what ends before {@code upTo}. */
    long from(long floor, long upTo) {
        if (large + 1 == upTo) {
            records = 1;
        }
        long step = Math.max(floor, upTo - records);
        return large + 1 < upTo ? Math.max(step, large + 1) : step;
    }

    /** Whether a reading will come to too many lines, judged by those that its first records held. */
    static boolean isTooFar(long from, long upTo, long reached, long lines) {
        return upTo - from > 1 && lines > TOO_FEW_TO_TELL && lines * (upTo - from) / (reached - from + 1) > TOO_MANY;
    }

    void tooFar(long from, long upTo) {
        large = Math.max(large, from);
        records = Math.max(1, (upTo - from) / SHRINKING);
    }

    void read(long from, long upTo, long lines) {
        long perRecord = Math.max(1, lines / (upTo - from));
        records = Math.max(1, Math.min(Math.min(MOST_RECORDS, LINES / perRecord), (upTo - from) * GROWTH));
    }
}
