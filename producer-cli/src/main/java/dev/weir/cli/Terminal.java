package dev.weir.cli;

import java.util.List;
import java.util.stream.Collectors;

/** A terminal for a command that wants one: {@code script} of util-linux makes it, and passes on what the command says. */
final class Terminal {
    private Terminal() {}

    static List<String> around(List<String> command) {
        String quoted = command.stream()
                .map(word -> "'" + word.replace("'", "'\\''") + "'")
                .collect(Collectors.joining(" "));
        // exec: signals and exit code are then the command's, not a shell's
        return List.of("script", "--quiet", "--return", "--flush", "--command", "exec " + quoted, "/dev/null");
    }
}
