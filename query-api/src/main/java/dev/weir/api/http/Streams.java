package dev.weir.api.http;

import io.javalin.http.HandlerType;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Threads for answers that take their time: streams, waits, live lines. Each blocks only its own reader; none of them is
 * one of the threads that answer short requests. How many there may be is bounded.
 */
public final class Streams implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Streams.class);
    private static final int STACK = 256 << 10;
    private static final long ENDING_SECONDS = 5;

    private final ThreadPoolExecutor threads;
    private volatile boolean stopped;

    public Streams(int most) {
        AtomicInteger number = new AtomicInteger();
        threads = new ThreadPoolExecutor(0, most, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
            Thread thread = new Thread(null, task, "stream-" + number.incrementAndGet(), STACK);
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Work that may block and fail as an answer to a request may. */
    @FunctionalInterface
    public interface Work {
        void run() throws Exception;
    }

    /**
     * Answers the call on a thread of its own; a problem thrown before the first byte is answered as one. HEAD is answered
     * by what is known before the work begins: nobody would see the rest of it.
     */
    public void answer(Call call, Work work) {
        if (call.context().method() != HandlerType.HEAD) {
            always(call, work);
        }
    }

    /** The same whatever the method is. */
    public void always(Call call, Work work) {
        call.context().future(() -> {
            CompletableFuture<Void> done = new CompletableFuture<>();
            start(() -> {
                try {
                    work.run();
                    done.complete(null);
                } catch (InterruptedException shutdown) {
                    end(call, done);
                } catch (Throwable failure) {
                    if (stopped && !(failure instanceof Problem)) {
                        // Kafka's clients have an exception of their own for being interrupted.
                        LOG.debug("A stream was ended", failure);
                        end(call, done);
                        return;
                    }
                    done.completeExceptionally(failure);
                    if (failure instanceof Error error) {
                        throw error;
                    }
                }
            });
            return done;
        });
    }

    /** What has begun to stream ends; whoever has nothing yet is told to come back, here or to another server. */
    private static void end(Call call, CompletableFuture<Void> done) {
        if (call.context().res().isCommitted()) {
            done.complete(null);
        } else {
            done.completeExceptionally(stopping());
        }
    }

    /** For who asks a server that stops. */
    public static Problem stopping() {
        return new Problem(
                        503,
                        "stopping",
                        "The server is stopping: ask again in a few seconds; a wait or a watch goes on from its cursor")
                .retryAfter(2);
    }

    public void start(Runnable work) {
        if (stopped) {
            throw stopping();
        }
        try {
            executor().execute(work);
        } catch (RejectedExecutionException full) {
            throw new Problem(
                            429,
                            "too-many-streams",
                            "Too many streams and waits are open: close some, try again, or raise WEIR_HTTP_STREAMS")
                    .retryAfter(5);
        }
    }

    private ExecutorService executor() {
        return threads;
    }

    public boolean isStopped() {
        return stopped;
    }

    @Override
    public void close() {
        stopped = true;
        threads.shutdownNow();
        try {
            // So that everybody has an answer before connections are closed.
            if (!threads.awaitTermination(ENDING_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("{} streams did not end in time", threads.getActiveCount());
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }
}
