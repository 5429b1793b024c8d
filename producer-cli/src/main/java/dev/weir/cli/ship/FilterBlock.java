package dev.weir.cli.ship;

/**
 * Some entries in a row of which a filter may leave some out: the kept ones take the block's first numbers, one marker at its end
 * the rest. So a batch is not broken at every line that is left out, and numbers still depend on the bytes alone.
 */
final class FilterBlock {
    static final int MOST = 256;

    /** And a block is over when it is so much of a grain long: what is in it cannot be acknowledged before. */
    private static final int BLOCKS_IN_GRAIN = 64;

    private final long longest;
    private long entries;
    private long size;
    private long leftOut;
    private long leftOutBytes;

    FilterBlock(long grain) {
        longest = grain / BLOCKS_IN_GRAIN;
    }

    /** Takes one more entry of this many bytes; a block that has become full without leaving any out is over without a word. */
    void add(int bytes, boolean out) {
        entries++;
        size += bytes;
        if (out) {
            leftOut++;
            leftOutBytes += bytes;
        }
        if (isOver() && leftOut == 0) {
            end();
        }
    }

    boolean isOver() {
        return entries >= MOST || size >= longest;
    }

    boolean isEmpty() {
        return entries == 0;
    }

    long leftOut() {
        return leftOut;
    }

    Marker marker() {
        return new Marker(true, leftOut, leftOutBytes, "filter");
    }

    void end() {
        entries = 0;
        size = 0;
        leftOut = 0;
        leftOutBytes = 0;
    }
}
