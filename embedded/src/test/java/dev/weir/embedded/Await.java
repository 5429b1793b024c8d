package dev.weir.embedded;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Waits for a condition, in place of sleeping for what should be long enough. */
public final class Await {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long PAUSE_NANOS = Duration.ofMillis(20).toNanos();

    private Await() {}

    /** Asks until the answer is true; an exception counts as "not yet", and is the cause of the failure if time runs out. */
    public static void until(String what, Callable<Boolean> condition) {
        until(what, PATIENCE, condition);
    }

    public static void until(String what, Duration patience, Callable<Boolean> condition) {
        long deadline = System.nanoTime() + patience.toNanos();
        Exception last;
        do {
            last = null;
            try {
                if (condition.call()) {
                    return;
                }
            } catch (Exception notYet) {
                last = notYet;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        } while (System.nanoTime() < deadline && !Thread.currentThread().isInterrupted());
        throw failure(what, patience, last);
    }

    /** As {@link #until}, for a condition that fails by assertions, which say more than a boolean. */
    public static void untilAsserted(String what, Runnable assertions) {
        AtomicReference<@Nullable AssertionError> last = new AtomicReference<>();
        try {
            until(what, () -> {
                last.set(attempt(assertions));
                return last.get() == null;
            });
        } catch (AssertionError timedOut) {
            AssertionError told = last.get();
            throw told == null ? timedOut : new AssertionError(timedOut.getMessage(), told);
        }
    }

    private static @Nullable AssertionError attempt(Runnable assertions) {
        try {
            assertions.run();
            return null;
        } catch (AssertionError notYet) {
            return notYet;
        }
    }

    private static AssertionError failure(String what, Duration patience, @Nullable Exception last) {
        return new AssertionError("Not within " + patience.toSeconds() + " s: " + what, last);
    }
}
