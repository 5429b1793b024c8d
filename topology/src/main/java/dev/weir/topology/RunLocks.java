package dev.weir.topology;

import java.util.concurrent.locks.StampedLock;
import java.util.function.Supplier;

/**
 * Keeps readers from seeing a batch half written. A writer holds a run's lock just around its puts; a reader first
 * reads without one and looks whether a writer came by, so that a long read seldom holds up the stream thread. Runs
 * share a fixed number of locks: their number must not grow with the runs.
 */
final class RunLocks {
    private static final int STRIPES = 1024;
    private static final int TRIES = 2;

    private final StampedLock[] stripes = new StampedLock[STRIPES];

    RunLocks() {
        for (int i = 0; i < STRIPES; i++) {
            stripes[i] = new StampedLock();
        }
    }

    void write(String run, Runnable puts) {
        StampedLock lock = stripe(run);
        long stamp = lock.writeLock();
        try {
            puts.run();
        } finally {
            lock.unlockWrite(stamp);
        }
    }

    /** @param copy must have no effect but its result: it may run several times */
    <T> T read(String run, Supplier<T> copy) {
        StampedLock lock = stripe(run);
        for (int i = 0; i < TRIES; i++) {
            long stamp = lock.tryOptimisticRead();
            if (stamp != 0) {
                T result = copy.get();
                if (lock.validate(stamp)) {
                    return result;
                }
            }
        }
        long stamp = lock.readLock();
        try {
            return copy.get();
        } finally {
            lock.unlockRead(stamp);
        }
    }

    private StampedLock stripe(String run) {
        int hash = run.hashCode();
        return stripes[(hash ^ hash >>> 16) & STRIPES - 1];
    }
}
