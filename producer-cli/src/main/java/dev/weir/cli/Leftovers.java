package dev.weir.cli;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Runs that wait in the spool without a weir: the next command that finds Kafka hands them to a {@code weir resume}. */
record Leftovers(StateFolder state, @Nullable Path launcher) {
    /** Starts it beside this command, which need not wait for it. */
    void handOver() {
        try {
            if (launcher != null && areThere()) {
                new ProcessBuilder("/bin/sh", "-c", "trap '' INT HUP; exec \"$0\" resume -q", launcher.toString())
                        .redirectInput(Path.of("/dev/null").toFile())
                        .redirectOutput(Redirect.DISCARD)
                        .redirectError(Redirect.DISCARD)
                        .start();
            }
        } catch (IOException failure) {
            System.err.println("weir: runs wait in " + state.spool() + " and cannot be resumed now: " + failure
                    + ": try weir resume");
        }
    }

    private boolean areThere() throws IOException {
        if (!Files.isDirectory(state.spool())) {
            return false;
        }
        try (Stream<Path> folders = Files.list(state.spool())) {
            for (Path folder : folders.toList()) {
                try (Spool spool = new Spool(folder)) {
                    if (spool.claim()) {
                        return true;
                    }
                }
            }
        }
        return false;
    }
}
