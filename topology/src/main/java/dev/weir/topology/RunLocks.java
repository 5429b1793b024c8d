package dev.weir.topology;

import java.util.concurrent.atomic.AtomicLongArray;
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

    /** How often rows of templates were written, by stripe; changed only by who holds its lock for writing. */
    private final AtomicLongArray versions = new AtomicLongArray(STRIPES);

    RunLocks() {
        for (int i = 0; i < STRIPES; i++) {
            stripes[i] = new StampedLock();
        }
    }

    /** @param templates whether rows of templates are among what is put */
    void write(String run, boolean templates, Runnable puts) {
        StampedLock lock = stripe(run);
        long stamp = lock.writeLock();
        try {
            if (templates) {
                versions.incrementAndGet(stripe(run.hashCode()));
            }
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

    /** Changes with every writing of a template's row on the run's stripe. To be asked within {@link #read}. */
    long version(String run) {
        return versions.get(stripe(run.hashCode()));
    }

    /** Another server may have written since rows were last written here. */
    void takenOver() {
        for (int i = 0; i < STRIPES; i++) {
            versions.incrementAndGet(i);
        }
    }

    private StampedLock stripe(String run) {
        return stripes[stripe(run.hashCode())];
    }

    private static int stripe(int hash) {
        return (hash ^ hash >>> 16) & STRIPES - 1;
    }
}
