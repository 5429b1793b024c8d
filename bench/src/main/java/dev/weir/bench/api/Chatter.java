package dev.weir.bench.api;

import java.io.PrintStream;
import java.util.concurrent.locks.LockSupport;

/** A command that prints numbered lines at a steady rate, each with the time at which it was printed, in nanoseconds. */
public final class Chatter {
    private Chatter() {}

    public static void main(String[] arguments) {
        long perSecond = Long.parseLong(arguments[0]);
        long lines = perSecond * Long.parseLong(arguments[1]);
        PrintStream out = new PrintStream(new java.io.FileOutputStream(java.io.FileDescriptor.out), true);
        long begun = System.nanoTime();
        for (long line = 0; line < lines; line++) {
            long due = begun + line * 1_000_000_000L / perSecond;
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            out.println("line " + line + " of a steady stream printed at " + epochNanos());
        }
    }

    /** One clock for both processes. */
    static long epochNanos() {
        java.time.Instant now = java.time.Instant.now();
        return now.getEpochSecond() * 1_000_000_000L + now.getNano();
    }
}
