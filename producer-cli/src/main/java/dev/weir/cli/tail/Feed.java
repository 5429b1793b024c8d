package dev.weir.cli.tail;

import java.io.IOException;

/** Something with a follow mode that can be asked to begin at a time: a tool, or Docker's Engine. */
interface Feed {
    /** Takes one line of one of the feed's streams, with its time as the feed wrote it. */
    @FunctionalInterface
    interface Taker {
        void take(String stream, String stamp, byte[] line) throws IOException, InterruptedException;
    }

    /**
     * Follows until the feed ends.
     *
     * @param since the time of the last line that was taken, as the feed wrote it; empty to begin with
     */
    void follow(String since, Taker taker) throws IOException, InterruptedException;

    /** Ends a {@link #follow} that is under way. */
    void stop();
}
