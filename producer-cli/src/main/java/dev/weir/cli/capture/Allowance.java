package dev.weir.cli.capture;

import org.jspecify.annotations.Nullable;

/**
 * How much of a run's output may wait on this machine for Kafka, and what happens when it is that much. Shared by the run's
 * relays, which take, and its shipper, which gives back.
 */
public final class Allowance {
    /** What happens at the bound. */
    public enum Overflow {
        /** The command waits. */
        BLOCK,
        /** What has waited longest is left out, and counted. */
        DROP_OLDEST,
        /** What comes is left out, and counted, until there is room. */
        DROP_NEWEST,
        /** The command is ended. */
        FAIL;

        /** As a user types it. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }

    private final long most;
    private final Overflow overflow;
    private long held;
    private boolean over;
    private @Nullable Runnable onFailure;
    private boolean failed;
    private boolean refusing;

    public Allowance(long most, Overflow overflow) {
        this.most = most;
        this.overflow = overflow;
    }

    /** For what does not wait on a disk of weir's. */
    public static Allowance unbounded() {
        return new Allowance(Long.MAX_VALUE, Overflow.BLOCK);
    }

    public long most() {
        return most;
    }

    public Overflow overflow() {
        return overflow;
    }

    /** Runs this once, when the bound is reached and that is to end the command. */
    public synchronized void onFailure(Runnable end) {
        onFailure = end;
        if (failed) {
            end.run();
        }
    }

    /** Whether the bound was reached and ended the command. */
    public synchronized boolean failed() {
        return failed;
    }

    synchronized void take(long bytes) {
        held += bytes;
    }

    synchronized void give(long bytes) {
        held -= bytes;
        notifyAll();
    }

    /** Holds a relay up where that is what the user asked for, or until the oldest are dropped, which is soon. */
    synchronized void await(long coming) throws InterruptedException {
        boolean waits = overflow == Overflow.BLOCK || overflow == Overflow.DROP_OLDEST;
        while (waits && held > 0 && held + coming > most && !over) {
            wait();
        }
    }

    /** Whether the user would rather have the command wait than lose a line. */
    synchronized boolean waits() {
        return overflow == Overflow.BLOCK && !over;
    }

    /** Whether what comes now must be left out. Once full, it stays so until an eighth is free again. */
    synchronized boolean refuses(long coming) {
        if (overflow != Overflow.DROP_NEWEST && overflow != Overflow.FAIL) {
            return false;
        }
        if (refusing) {
            refusing = held > most - most / 8;
        } else {
            refusing = held + coming > most;
        }
        if (refusing && overflow == Overflow.FAIL && !failed) {
            failed = true;
            if (onFailure != null) {
                onFailure.run();
            }
        }
        return refusing;
    }

    /** How many of the oldest bytes have to go. */
    public synchronized long excess() {
        long mark = most - most / 8;
        return overflow == Overflow.DROP_OLDEST && held > mark ? held - (mark - most / 8) : 0;
    }

    /** The command has ended: nobody needs to be held up any longer. */
    public synchronized void release() {
        over = true;
        notifyAll();
    }

    public synchronized long held() {
        return held;
    }
}
