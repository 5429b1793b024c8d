package dev.weir.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** What weir itself says, on standard error, each line marked as weir's. */
record Notice(PrintStream err, boolean quiet) {
    void say(String line) {
        if (!quiet) {
            err.println("weir: " + Printable.of(line));
        }
    }

    /** Whether a descriptor is a terminal: Java only knows of standard input and output together. */
    static boolean isTerminal(int descriptor) {
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor))
                    .toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException notLinux) {
            return System.console() != null;
        }
    }
}
