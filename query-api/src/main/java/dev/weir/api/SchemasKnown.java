package dev.weir.api;

import dev.weir.topology.WeirStreams;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * Has the registry learn the schemas, which may itself still be starting, while a thread builds the rest of a server. That
 * thread is interrupted if it cannot: it may be waiting for the registry, too.
 */
final class SchemasKnown {
    private final Thread builder = Thread.currentThread();
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile @Nullable RuntimeException failure;
    private boolean left;

    private SchemasKnown() {}

    /** Called by the thread that builds. */
    static SchemasKnown begin(ServerConfig config, Runnable registryAnswers) {
        SchemasKnown known = new SchemasKnown();
        Thread thread = new Thread(() -> known.make(config, registryAnswers), "schemas-known");
        thread.setDaemon(true);
        thread.start();
        return known;
    }

    private void make(ServerConfig config, Runnable registryAnswers) {
        try {
            registryAnswers.run();
            WeirStreams.prepare(config.topics().topics(), config.values());
        } catch (RuntimeException failed) {
            interruptBuilder(failed);
        } finally {
            over.countDown();
        }
    }

    private synchronized void interruptBuilder(RuntimeException why) {
        if (!left) {
            failure = why;
            builder.interrupt();
        }
    }

    /** The building is over, one way or the other: from here on its thread is left alone. */
    synchronized void leave() {
        left = true;
    }

    void await() {
        try {
            over.await();
        } catch (InterruptedException stopped) {
            if (failure == null) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("Stopped while waiting for the schema registry", stopped);
            }
        }
        throwFailure();
    }

    /** Why the registry does not know them, if that is so: whatever else then failed was interrupted for it. */
    void throwFailure() {
        RuntimeException failed = failure;
        if (failed != null) {
            Thread.interrupted();
            throw failed;
        }
    }
}
