package dev.weir.topology;

import dev.weir.registry.WireException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Waits while the schema registry is away: that is nobody's fault, and no record's. */
final class Patience {
    /** Well below the time after which Kafka takes a silent consumer for dead. */
    private static final Duration MOST = Duration.ofMinutes(4);

    private static final Duration PAUSE = Duration.ofMillis(500);

    private static final int ATTEMPTS = 20;

    private Patience() {}

    /**
     * The same for what may be done twice and is done by several servers at once: a registry that is in conflict with
     * itself over it is asked again, too.
     */
    static <T> T whileAwayOrBusy(Supplier<T> prepare) {
        return whileAway(() -> {
            for (int attempt = 1; ; attempt++) {
                try {
                    return prepare.get();
                } catch (WireException.RegistryRefused busy) {
                    if (busy.status() != 409 && busy.status() < 500 || attempt == ATTEMPTS) {
                        throw busy;
                    }
                    LockSupport.parkNanos(PAUSE.toNanos());
                }
            }
        });
    }

    static <T> T whileAway(Supplier<T> read) {
        long deadline = System.nanoTime() + MOST.toNanos();
        while (true) {
            try {
                return read.get();
            } catch (WireException.RegistryAway away) {
                if (System.nanoTime() > deadline || Thread.currentThread().isInterrupted()) {
                    throw away;
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }
}
