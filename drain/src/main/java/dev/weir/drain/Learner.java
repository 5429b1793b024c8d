package dev.weir.drain;

/**
 * What the lines of one source have shown about their header, as far as one line alone cannot tell: whether a word with
 * a colon behind the level is a logger or part of the message, and how many piped fields there are.
 */
final class Learner {
    private static final int ENOUGH = 4096;

    int lines;
    int tagged;
    int pipes = Integer.MAX_VALUE;
    boolean dirty;

    /** What {@link #tag} would answer to a line that has one. */
    boolean believes() {
        int all = lines + 1;
        boolean halved = all == ENOUGH;
        return (halved ? (tagged + 1) / 2 : tagged + 1) * 10L >= (halved ? all / 2 : all) * 9L;
    }

    /** Counts a line whose header may have ended with a logger and says whether to believe that it did. */
    boolean tag(boolean present) {
        dirty = true;
        lines++;
        if (present) {
            tagged++;
        }
        if (lines == ENOUGH) {
            lines /= 2;
            tagged /= 2;
        }
        return present && tagged * 10L >= lines * 9L;
    }
}
