package dev.weir.bench.page;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;

/** A command that writes lines at a steady rate, each with the moment at which it was written. */
public final class Ticker {
    private static final String[] LEVELS = {"INFO", "INFO", "DEBUG", "WARN", "INFO"};
    private static final String[] WORDS = {
        "orders.Service accepted order",
        "http.Client fetched page",
        "cache.Pool evicted entry",
        "db.Pool acquired connection",
        "auth.Session renewed token"
    };

    private Ticker() {}

    /** Lines in all, and lines a second; 0 for as many as go. */
    public static void main(String[] arguments) throws Exception {
        long lines = Long.parseLong(arguments[0]);
        long rate = Long.parseLong(arguments[1]);
        long began = System.nanoTime();
        try (OutputStream out = new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 16)) {
            for (long line = 0; line < lines; line++) {
                if (rate > 0) {
                    waitUntil(began + line * 1_000_000_000L / rate, out);
                }
                out.write(text(line).getBytes(StandardCharsets.US_ASCII));
            }
        }
    }

    /** What is due is on its way before the wait. */
    private static void waitUntil(long due, OutputStream out) throws Exception {
        if (due - System.nanoTime() > 0) {
            out.flush();
            while (due - System.nanoTime() > 0) {
                LockSupport.parkNanos(Math.min(due - System.nanoTime(), 5_000_000));
            }
        }
    }

    private static String text(long line) {
        String level = line % 50_000 == 777 ? "ERROR" : LEVELS[(int) (line % LEVELS.length)];
        return System.currentTimeMillis() + " " + level + " " + WORDS[(int) (line / 4 % WORDS.length)] + " " + line
                + " for customer c-" + line % 977 + " in " + line % 313 + " ms\n";
    }
}
