package dev.weir.embedded;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A Java process of ours that ends with this one; see {@link ParentWatch}. */
final class ChildProcess {
    private static final int PAUSE_MILLIS = 10;

    private ChildProcess() {}

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** Where this module's classes are: its jar, or the folder the compiler wrote. */
    static Path ownClasses() {
        try {
            return Path.of(ChildProcess.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static Process start(ProcessBuilder builder, String what) {
        try {
            // Standard input is a pipe that nobody writes to: its end tells the child that we are gone.
            return builder.redirectInput(ProcessBuilder.Redirect.PIPE).start();
        } catch (IOException failed) {
            throw new StartFailure(
                    "Cannot start " + what + " (" + failed.getMessage() + "): check that "
                            + builder.command().get(0) + " runs and that the disk has room",
                    failed);
        }
    }

    /** Asks, then insists. */
    static void stop(Process process) {
        process.destroy();
        if (!endsWithin(process.toHandle(), 5)) {
            kill(process.toHandle());
        }
    }

    static void kill(ProcessHandle process) {
        process.destroyForcibly();
        if (!endsWithin(process, 10)) {
            throw new IllegalStateException("Process " + process.pid() + " does not end: stop it by hand");
        }
    }

    private static boolean endsWithin(ProcessHandle process, int seconds) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (ProcessMark.isRunning(process)) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            try {
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                process.destroyForcibly();
                return true;
            }
        }
        return true;
    }
}
