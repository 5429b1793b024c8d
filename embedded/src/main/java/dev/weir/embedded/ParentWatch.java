package dev.weir.embedded;

import java.io.IOException;
import java.io.InputStream;

/**
 * Ends this process when its parent is gone. The parent holds the other end of standard input and never writes: the
 * system closes it however the parent dies, {@code kill -9} included, and no process id is ever guessed at.
 */
final class ParentWatch implements Runnable {
    private static final long GRACE_MILLIS = 5_000;
    private final InputStream fromParent;

    private ParentWatch(InputStream fromParent) {
        this.fromParent = fromParent;
    }

    static void start() {
        daemon("weir-parent-watch", new ParentWatch(System.in)).start();
    }

    @Override
    public void run() {
        try {
            while (fromParent.read() >= 0) {
                // Nothing is said on it; only its end means something.
            }
        } catch (IOException closed) {
            // The same as its end.
            System.err.println("Standard input failed, taken for the parent's end: " + closed);
        }
        daemon("weir-halt", ParentWatch::haltAfterGrace).start();
        System.exit(0);
    }

    /** Shutdown hooks may hang, and nobody is left to notice. */
    private static void haltAfterGrace() {
        try {
            Thread.sleep(GRACE_MILLIS);
        } catch (InterruptedException early) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(1);
    }

    private static Thread daemon(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}
