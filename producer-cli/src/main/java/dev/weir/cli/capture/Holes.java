package dev.weir.cli.capture;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Gives the disk back what the front of a file takes, while another process goes on appending to it. Java has no call for it;
 * {@code fallocate} of util-linux has.
 */
final class Holes {
    private static final List<String> PLACES = List.of("/usr/bin/", "/bin/", "/usr/local/bin/");
    private static final long PATIENCE_SECONDS = 30;

    private Holes() {}

    /** Whether there is a program for it; whether the file system can do it shows only when it is tried. */
    static boolean mayWork() {
        return !path("fallocate").isEmpty();
    }

    static boolean punch(Path file, long from, long to) throws IOException {
        String program = path("fallocate");
        return !program.isEmpty()
                && runs(List.of(
                        program,
                        "--punch-hole",
                        "--offset",
                        Long.toString(from),
                        "--length",
                        Long.toString(to - from),
                        file.toString()));
    }

    /** Lets no file of this process grow any longer; what would make it grow is refused. */
    static boolean stopGrowth(long pid) throws IOException {
        String program = path("prlimit");
        return !program.isEmpty() && runs(List.of(program, "--pid", Long.toString(pid), "--fsize=0:0"));
    }

    private static boolean runs(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.DISCARD)
                .start();
        try {
            if (process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                return process.exitValue() == 0;
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
        return false;
    }

    private static String path(String program) {
        return PLACES.stream()
                .map(place -> place + program)
                .filter(path -> Files.isExecutable(Path.of(path)))
                .findFirst()
                .orElse("");
    }
}
