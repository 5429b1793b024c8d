package dev.weir.cli;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Runs that wait in the spool without a weir: the next command that finds Kafka hands them to a {@code weir resume}. */
record Leftovers(StateFolder state, @Nullable Path launcher) {
    /** Starts it beside this command, which need not wait for it. */
    void handOver() {
        try {
            if (launcher != null && areThere()) {
                resume(launcher);
            }
        } catch (IOException failure) {
            complain(failure);
        }
    }

    /** Has this run brought to its end as soon as the process that asks for it is gone. False if that cannot be. */
    boolean handOver(Spool spool) {
        try {
            Path parent = spool.folder().toAbsolutePath().getParent();
            if (launcher != null && parent != null) {
                resume(launcher, "--wait", "--spool", parent.toString(), spool.run());
                return true;
            }
        } catch (IOException failure) {
            complain(failure);
        }
        return false;
    }

    private void complain(IOException failure) {
        System.err.println(
                "weir: runs wait in " + state.spool() + " and cannot be resumed now: " + failure + ": try weir resume");
    }

    /** Whatever is run next goes before it. */
    private static void resume(Path launcher, String... words) throws IOException {
        List<String> command = new ArrayList<>(
                List.of("/bin/sh", "-c", "trap '' INT HUP; exec nice \"$0\" resume -q \"$@\"", launcher.toString()));
        command.addAll(List.of(words));
        new ProcessBuilder(command)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.DISCARD)
                .start();
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
