package dev.weir.cli.ship;

/**
 * The way out for one run's records: keeps their order, knows what is on its way, never lets it be more than a bound. Used by
 * one thread.
 */
public interface Outlet extends AutoCloseable {
    /** Waits until one more record can be taken, but not longer than this. */
    boolean awaitRoom(long millis) throws InterruptedException;

    /**
     * Sends one record; {@code onAcknowledged} runs, in order, when it is safe.
     *
     * @return false if it could not be taken now, after a moment at most: it has to be offered again
     */
    boolean send(byte[] value, Runnable onAcknowledged) throws InterruptedException;

    /** Waits until everything sent has been acknowledged. */
    void flush() throws InterruptedException;

    @Override
    void close();
}
