package dev.weir.standalone;

import dev.weir.embedded.RegistryProcess;
import dev.weir.embedded.StartFailure;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The registry's process, started again on the same port whenever it ends by itself. */
final class SupervisedRegistry implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SupervisedRegistry.class);
    private static final int PAUSE_SECONDS = 2;
    private final Path directory;
    private final Supplier<List<String>> javaFlags;
    private RegistryProcess process;
    private boolean closed;

    private SupervisedRegistry(Path directory, Supplier<List<String>> javaFlags, RegistryProcess process) {
        this.directory = directory;
        this.javaFlags = javaFlags;
        this.process = process;
    }

    static SupervisedRegistry start(Path directory, int port, Supplier<List<String>> javaFlags) {
        SupervisedRegistry registry =
                new SupervisedRegistry(directory, javaFlags, RegistryProcess.start(directory, port, javaFlags.get()));
        registry.watch();
        return registry;
    }

    private synchronized void watch() {
        process.onExit().thenRunAsync(this::startAgain, work -> {
            Thread thread = new Thread(work, "registry-watch");
            thread.setDaemon(true);
            thread.start();
        });
    }

    private synchronized void startAgain() {
        if (closed) {
            return;
        }
        LOG.warn("event=registry-ended pid={} action=start-again", process.pid());
        try {
            process = RegistryProcess.start(directory, process.port(), javaFlags.get());
            watch();
        } catch (StartFailure failed) {
            LOG.error("event=registry-failed retrySeconds={} reason=\"{}\"", PAUSE_SECONDS, failed.getMessage());
            CompletableFuture.delayedExecutor(PAUSE_SECONDS, TimeUnit.SECONDS).execute(this::startAgain);
        }
    }

    synchronized long pid() {
        return process.pid();
    }

    synchronized String url() {
        return process.url();
    }

    @Override
    public synchronized void close() {
        closed = true;
        process.close();
    }
}
