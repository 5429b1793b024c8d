package dev.weir.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** What weir itself says, on standard error, each line marked as weir's. */
record Notice(PrintStream err, boolean quiet) {
    static final String GREEN = "32";
    static final String RED = "31";

    void say(String line) {
        if (!quiet) {
            err.println("weir: " + Printable.of(line));
        }
    }

    void say(String line, String color) {
        if (!quiet) {
            err.println("weir: \033[" + color + "m" + Printable.of(line) + "\033[0m");
        }
    }

    /** For programs: said even if people are to hear nothing. */
    void plain(String line) {
        err.println(line);
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
