package dev.weir.api.lines;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * A watcher's own queue between the partition's one consumer and the watcher's writer. It is bounded: a client that stalls
 * costs itself lines, is told how many, and delays nobody.
 */
final class Watcher {
    private static final int MOST_ENTRIES = 10_000;
    private static final long MOST_BYTES = 8L << 20;

    private final ArrayDeque<Entry> queue = new ArrayDeque<>();
    private long bytes;
    private long missed;
    private @Nullable Entry lastMissed;
    private boolean closed;

    /** Called by the partition's consumer; never blocks. */
    synchronized void offer(Entry entry) {
        // Once full, it takes nothing until half of it is read: one long hole says more than many short ones.
        boolean full = missed > 0
                ? queue.size() > MOST_ENTRIES / 2 || bytes > MOST_BYTES / 2
                : queue.size() >= MOST_ENTRIES || bytes >= MOST_BYTES;
        if (full && entry.kind() != Entry.Kind.ENDED) {
            missed += Math.max(1, entry.count());
            lastMissed = entry;
            return;
        }
        if (missed > 0) {
            queue.add(hole(entry));
        }
        queue.add(entry);
        bytes += entry.bytes().length;
        notifyAll();
    }

    private Entry hole(Entry at) {
        Entry told = Entry.told(Entry.Kind.MISSED, at.offset(), at.arrived(), "reader too slow", missed);
        missed = 0;
        return told;
    }

    /** The next entry; null if none came in time, or after {@link #close}. */
    synchronized @Nullable Entry poll(long millis) throws InterruptedException {
        long deadline = System.nanoTime() + millis * 1_000_000;
        if (queue.isEmpty() && lastMissed != null && missed > 0) {
            // Nothing may come for long: whoever has read all there was is told now.
            return hole(lastMissed);
        }
        while (queue.isEmpty() && !closed) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return null;
            }
            wait(left);
        }
        Entry entry = queue.poll();
        if (entry != null) {
            bytes -= entry.bytes().length;
        }
        return entry;
    }

    synchronized boolean isEmpty() {
        return queue.isEmpty() && missed == 0;
    }

    synchronized boolean isClosed() {
        return closed;
    }

    synchronized void close() {
        closed = true;
        notifyAll();
    }
}
