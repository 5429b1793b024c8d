package dev.weir.api.http;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads for answers that take their time: streams, waits, live lines. Each blocks only its own reader; none of them is
 * one of the threads that answer short requests. How many there may be is bounded.
 */
public final class Streams implements AutoCloseable {
    private static final int STACK = 256 << 10;

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

    /** Answers the call on a thread of its own; a problem thrown before the first byte is answered as one. */
    public void answer(Call call, Work work) {
        call.context().future(() -> {
            CompletableFuture<Void> done = new CompletableFuture<>();
            start(() -> {
                try {
                    work.run();
                    done.complete(null);
                } catch (InterruptedException shutdown) {
                    done.complete(null);
                } catch (Throwable failure) {
                    done.completeExceptionally(failure);
                    if (failure instanceof Error error) {
                        throw error;
                    }
                }
            });
            return done;
        });
    }

    public void start(Runnable work) {
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
    }
}
