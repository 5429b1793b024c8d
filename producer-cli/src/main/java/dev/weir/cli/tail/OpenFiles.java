package dev.weir.cli.tail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How many files this process may have open for the names that it follows. */
public final class OpenFiles {
    private static final int MOST = 4_096;
    private static final int LEAST = 16;
    private static final int RESERVE = 256; // jars, connections, the spool, and files that have just been rotated away
    private static final String LIMIT = "Max open files";

    private OpenFiles() {}

    public static int most() {
        try {
            return most(Files.readString(Path.of("/proc/self/limits")));
        } catch (IOException notLinux) {
            return MOST;
        }
    }

    /** @param limits as the kernel writes them: the name, the limit that holds, the one up to which it can be raised */
    static int most(String limits) {
        String limit = limits.lines()
                .filter(line -> line.startsWith(LIMIT))
                .map(line -> line.substring(LIMIT.length()).strip().split("\\s+")[0])
                .findFirst()
                .orElse("unlimited");
        return limit.equals("unlimited")
                ? MOST
                : (int) Math.max(LEAST, Math.min(MOST, Long.parseLong(limit) - RESERVE));
    }
}
