package dev.weir.cli.capture;

/** Rung when there is something to look at; a ring that nobody waits for is remembered, once. */
public final class Bell {
    private boolean rung;

    public synchronized void ring() {
        rung = true;
        notifyAll();
    }

    /** Waits for a ring, but not longer than this. */
    public synchronized void await(long millis) throws InterruptedException {
        long deadline = System.nanoTime() + millis * 1_000_000;
        for (long left; !rung && (left = deadline - System.nanoTime()) > 0; ) {
            wait(left / 1_000_000, (int) (left % 1_000_000));
        }
        rung = false;
    }
}
