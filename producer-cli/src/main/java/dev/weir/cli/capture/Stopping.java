package dev.weir.cli.capture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether a process that was asked to stop has: some tidy up first, some never do. */
final class Stopping {
    private static final long PATIENCE_MILLIS = 1_000;
    private static final long LOOK_MILLIS = 5;

    private Stopping() {}

    /** Waits for it a while; where nobody can tell, it is taken for stopped. */
    static boolean of(Process process) {
        try {
            for (long left = PATIENCE_MILLIS; left > 0 && process.isAlive(); left -= LOOK_MILLIS) {
                if (isStopped(process.pid(), true)) {
                    return true;
                }
                Thread.sleep(LOOK_MILLIS);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    /** As proc(5) tells. */
    static boolean isStopped(long pid, boolean otherwise) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2) == 'T';
        } catch (IOException notLinux) {
            return otherwise;
        }
    }
}
