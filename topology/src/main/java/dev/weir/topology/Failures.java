package dev.weir.topology;

import dev.weir.registry.WireException;
import dev.weir.topology.rows.Layout;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Replaces a stream thread that failed, but not for ever: what fails again and again needs somebody to look at it. */
final class Failures implements StreamsUncaughtExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);
    private static final int MOST = 5;
    private static final long WITHIN_NANOS = Duration.ofMinutes(10).toNanos();

    private final Deque<Long> recent = new ArrayDeque<>();
    private long count;
    private @Nullable String reason;

    @Override
    public synchronized StreamThreadExceptionResponse handle(Throwable failure) {
        long now = System.nanoTime();
        recent.add(now);
        count++;
        recent.removeIf(at -> now - at > WITHIN_NANOS);
        Optional<String> hopeless = hopeless(failure);
        if (hopeless.isPresent()) {
            reason = hopeless.get();
            LOG.error("Stopping: {}", reason, failure);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        if (recent.size() <= MOST) {
            LOG.error("A stream thread failed and is replaced, failures={} most={}", recent.size(), MOST, failure);
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        }
        reason = "Stream threads failed " + recent.size() + " times within ten minutes, last: " + failure
                + ". Mend the cause, then start again: nothing is lost, counting goes on from the last commit";
        LOG.error("Stopping: {}", reason, failure);
        return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }

    /** What another thread would fail on just as surely, and what says itself what to do. */
    private static Optional<String> hopeless(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof Layout.Foreign) {
                return Optional.of(String.valueOf(cause.getMessage()));
            }
            if (cause instanceof VirtualMachineError) {
                // Other threads may have died of it, too, and nobody knows in the middle of what.
                return Optional.of("Java failed: " + cause
                        + ". If it is out of memory, give it more heap (-Xmx) or lower WEIR_MODELS_BYTES, then start again:"
                        + " nothing is lost, counting goes on from the last commit");
            }
            if (cause instanceof WireException.RegistryRefused refused
                    && (refused.status() == 401 || refused.status() == 403)) {
                return Optional.of(String.valueOf(cause.getMessage()));
            }
        }
        return Optional.empty();
    }

    synchronized Optional<String> reason() {
        return Optional.ofNullable(reason);
    }

    synchronized long count() {
        return count;
    }
}
