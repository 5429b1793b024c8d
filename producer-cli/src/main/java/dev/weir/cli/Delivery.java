package dev.weir.cli;

import dev.weir.cli.ship.Shipper;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** The shipper's thread and how long to wait for it at the end. */
final class Delivery {
    private static final Duration MOST = Duration.ofSeconds(60);
    private static final Duration NODE_START = Duration.ofSeconds(60);
    private static final long LOOK_MILLIS = 100;
    private static final Duration PROMPT = Duration.ofMillis(500);

    private final Shipper shipper;
    private final Endpoint endpoint;
    private final NodeStart nodeStart;
    private final Thread thread;
    private final long begunAt;
    private volatile boolean givenUp;
    private boolean left;

    private Delivery(Shipper shipper, Endpoint endpoint, NodeStart nodeStart, Thread thread, long begunAt) {
        this.shipper = shipper;
        this.endpoint = endpoint;
        this.nodeStart = nodeStart;
        this.thread = thread;
        this.begunAt = begunAt;
    }

    static Delivery begin(Shipper shipper, Endpoint endpoint) {
        Thread thread = new Thread(shipper, "ship");
        thread.setDaemon(true);
        thread.start();
        return new Delivery(shipper, endpoint, endpoint.nodeStart(), thread, System.nanoTime());
    }

    /**
     * Waits for everything to be delivered: a little, or as long as a node takes that was started for this run. While Kafka goes
     * on taking what has piled up, it is not away, and so {@code linger} begins again.
     */
    boolean await(Duration linger) throws InterruptedException {
        return await(linger, () -> false);
    }

    /** As that, but hardly longer than until the prompt is missed, if the rest may be left to somebody else. */
    boolean await(Duration linger, BooleanSupplier mayLeave) throws InterruptedException {
        long prompt = System.nanoTime() + PROMPT.toNanos();
        long asked = System.nanoTime() + linger.toNanos();
        long lingerEnd = asked;
        long most = Math.max(asked, System.nanoTime() + MOST.toNanos());
        long nodeEnd = begunAt + NODE_START.toNanos();
        long acknowledged = shipper.acknowledgements();
        while (thread.isAlive() && !givenUp) {
            if (shipper.acknowledgements() > acknowledged) {
                acknowledged = shipper.acknowledgements();
                lingerEnd = Math.min(most, System.nanoTime() + linger.toNanos());
            }
            left = System.nanoTime() - prompt >= 0 && shipper.acknowledgements() > 0 && mayLeave.getAsBoolean();
            if (left) {
                break;
            }
            boolean underWay = nodeStart.isUnderWay();
            if (underWay) {
                lingerEnd = System.nanoTime() + linger.toNanos(); // for once it is there
            } else if (nodeStart.trouble().isPresent()) {
                lingerEnd = asked;
            }
            long end = underWay ? Math.max(asked, nodeEnd) : lingerEnd;
            long millis = (end - System.nanoTime()) / 1_000_000;
            if (millis <= 0) {
                break;
            }
            thread.join(Math.min(millis, LOOK_MILLIS));
        }
        return shipper.delivered();
    }

    /** Whether the waiting ended only because the rest may be left to somebody else. */
    boolean left() {
        return left && !shipper.delivered();
    }

    /** Somebody at the keyboard has waited long enough. */
    void giveUp() {
        givenUp = true;
    }

    /** Why not everything is delivered. */
    String trouble() {
        if (givenUp) {
            return "interrupted while waiting for Kafka";
        }
        String reached = endpoint.trouble();
        String silent = shipper.acknowledgements() > 0 ? "Kafka takes them too slowly" : "Kafka does not answer";
        return shipper.trouble().orElse(reached.isEmpty() ? silent : reached);
    }
}
