package dev.weir.cli;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The start of a node in the background, by the launcher that started this command. At most once in a command's life. */
final class NodeStart {
    private final @Nullable Path launcher;
    private final Path log;
    private volatile @Nullable Process starting;
    private volatile @Nullable String trouble;

    NodeStart(@Nullable Path launcher, Path log) {
        this.launcher = launcher;
        this.log = log;
    }

    /** The launcher as it told the JVM, or nothing outside of one. */
    static @Nullable Path launcher() {
        String given = System.getProperty("weir.launcher");
        String home = System.getProperty("weir.home");
        return given != null ? Path.of(given) : home != null ? Path.of(home, "bin", "weir") : null;
    }

    synchronized void begin() {
        if (starting != null || trouble != null) {
            return;
        }
        if (launcher == null) {
            trouble = "no launcher is known that could start a node";
            return;
        }
        try {
            starting = new ProcessBuilder(List.of(launcher.toString(), "up", "--detach"))
                    .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
        } catch (IOException failure) {
            trouble = failure.getMessage();
        }
    }

    /** Whether one is starting at this moment. */
    boolean isUnderWay() {
        Process process = starting;
        return process != null && process.isAlive();
    }

    /** Why there will be no node, once that is known. */
    Optional<String> trouble() {
        Process process = starting;
        if (trouble == null && process != null && !process.isAlive() && process.exitValue() != 0) {
            trouble = lastWords();
        }
        return Optional.ofNullable(trouble);
    }

    private String lastWords() {
        try {
            List<String> said = Files.readAllLines(log);
            return said.isEmpty() ? launcher + " up failed without a word" : said.get(said.size() - 1);
        } catch (IOException unreadable) {
            return launcher + " up failed; its output is not readable at " + log;
        }
    }
}
