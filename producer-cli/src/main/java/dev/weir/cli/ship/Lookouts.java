package dev.weir.cli.ship;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Shows lines to whoever watches a run, if anybody does. Asked by any thread; looks on the shipper's. */
final class Lookouts {
    private final Map<SourceReader, Lookout> each = new LinkedHashMap<>();
    private boolean seenAll;

    /** To be called before anything is shown. */
    void add(SourceReader reader, Lookout lookout) {
        each.put(reader, lookout);
    }

    void look(long now) throws IOException {
        if (each.isEmpty()) {
            return;
        }
        boolean all = true;
        for (Map.Entry<SourceReader, Lookout> one : each.entrySet()) {
            one.getValue().look(one.getKey().cut(), now);
            all &= one.getValue().seenAll();
        }
        if (all) {
            synchronized (this) {
                seenAll = true;
                notifyAll();
            }
        }
    }

    /** Waits until all lines of streams that have ended have been seen, but not longer than this. */
    synchronized boolean awaitSeen(long millis) throws InterruptedException {
        long end = System.nanoTime() + millis * 1_000_000;
        for (long left; !seenAll && !each.isEmpty() && (left = (end - System.nanoTime()) / 1_000_000) > 0; ) {
            wait(left);
        }
        return seenAll || each.isEmpty();
    }

    boolean haveSeen(SourceReader reader) {
        Lookout lookout = each.get(reader);
        return lookout == null || lookout.seenAll();
    }

    /** How many lines have been seen. */
    long lines() {
        return each.values().stream().mapToLong(Lookout::lines).sum();
    }
}
