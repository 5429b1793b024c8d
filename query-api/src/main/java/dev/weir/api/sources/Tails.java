package dev.weir.api.sources;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Where those who ask and the tails that listen meet, on the server that holds the run. Nothing here outlives a request:
 * whoever asks waits, and is told if nobody listens. Safe for any number of threads.
 */
final class Tails {
    /** Between two polls of a tail: it comes back at once, but a network may be slow. */
    private static final long GONE_AFTER_MILLIS = 15_000;

    private final LongSupplier nanos;
    private final Map<String, Tail> byRun = new HashMap<>();
    private final Map<String, Order> open = new HashMap<>();

    Tails(LongSupplier nanos) {
        this.nanos = nanos;
    }

    private static final class Tail {
        final ArrayDeque<Order> orders = new ArrayDeque<>();
        int polling;
        long seen;
    }

    /** An order on its way; empty if no tail listens. */
    synchronized Optional<Order> place(String run, Order.Kind kind, String source) {
        forgetOld();
        Tail tail = byRun.get(run);
        if (tail == null) {
            return Optional.empty();
        }
        Order order = new Order(UUID.randomUUID().toString(), kind, source, new CompletableFuture<>());
        tail.orders.add(order);
        open.put(run + "/" + order.id(), order);
        notifyAll();
        return Optional.of(order);
    }

    /** Nobody waits for it any more. */
    synchronized void withdraw(String run, Order order) {
        open.remove(run + "/" + order.id());
        Tail tail = byRun.get(run);
        if (tail != null) {
            tail.orders.remove(order);
        }
    }

    /** The next order for the run's tail; empty if none came in time. */
    synchronized Optional<Order> next(String run, long millis) throws InterruptedException {
        Tail tail = byRun.computeIfAbsent(run, fresh -> new Tail());
        tail.polling++;
        long deadline = nanos.getAsLong() + TimeUnit.MILLISECONDS.toNanos(millis);
        try {
            while (tail.orders.isEmpty()) {
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - nanos.getAsLong());
                if (left <= 0) {
                    return Optional.empty();
                }
                wait(left);
            }
            return Optional.ofNullable(tail.orders.poll());
        } finally {
            tail.polling--;
            tail.seen = nanos.getAsLong();
        }
    }

    /** Whether somebody still waited for it. */
    synchronized boolean acknowledge(String run, String id, Order.Answer answer) {
        Order order = open.remove(run + "/" + id);
        return order != null && order.answer().complete(answer);
    }

    private void forgetOld() {
        long now = nanos.getAsLong();
        for (Iterator<Tail> each = byRun.values().iterator(); each.hasNext(); ) {
            Tail tail = each.next();
            if (tail.polling == 0 && TimeUnit.NANOSECONDS.toMillis(now - tail.seen) > GONE_AFTER_MILLIS) {
                each.remove();
            }
        }
    }
}
