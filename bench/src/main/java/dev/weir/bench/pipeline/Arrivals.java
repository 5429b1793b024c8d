package dev.weir.bench.pipeline;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/** When batches arrived in the broker, by its own stamp, and when a snapshot had them. Safe for two threads. */
final class Arrivals {
    private static final long WARM_UP_MILLIS = 10_000;

    private record Batch(long end, long arrived) {}

    private final Deque<Batch> waiting = new ArrayDeque<>();
    private long[] nanos = new long[1024];
    private int count;
    private long first;

    /** @param end lines of the run up to and with this batch */
    synchronized void note(long end, long arrivedMillis) {
        first = first == 0 ? arrivedMillis : first;
        waiting.add(new Batch(end, arrivedMillis));
    }

    synchronized void seen(long lines, long nowMillis) {
        while (!waiting.isEmpty() && waiting.getFirst().end <= lines) {
            Batch batch = waiting.removeFirst();
            if (batch.arrived - first >= WARM_UP_MILLIS) {
                if (count == nanos.length) {
                    nanos = Arrays.copyOf(nanos, count * 2);
                }
                nanos[count++] = (nowMillis - batch.arrived) * 1_000_000;
            }
        }
    }

    synchronized boolean waiting() {
        return !waiting.isEmpty();
    }

    synchronized int count() {
        return count;
    }

    synchronized double percentile(double share) {
        return Rig.percentile(nanos, count, share);
    }
}
