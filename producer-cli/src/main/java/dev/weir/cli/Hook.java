package dev.weir.cli;

import com.google.re2j.Pattern;
import dev.weir.cli.edit.Edits;
import org.jspecify.annotations.Nullable;

/**
 * A command of the user's that an event starts.
 *
 * @param event match, error or exit
 * @param pattern what a line must match, for match
 */
record Hook(String event, @Nullable Pattern pattern, String command) {
    /**
     * Reads {@code EVENT=CMD}; an equals sign within the pattern is written {@code \=}.
     *
     * @throws IllegalArgumentException with what is wrong
     */
    static Hook parse(String typed) {
        for (int i = 1; i < typed.length(); i++) {
            if (typed.charAt(i) == '=' && typed.charAt(i - 1) != '\\') {
                return of(typed.substring(0, i), typed.substring(i + 1));
            }
        }
        throw new IllegalArgumentException("use an event and a command, as in 'exit=./report.sh'");
    }

    private static Hook of(String event, String command) {
        if (command.isBlank()) {
            throw new IllegalArgumentException("give a command after the equals sign");
        }
        if (event.startsWith("match:")) {
            return new Hook("match", Pattern.compile(Edits.checked(event.substring("match:".length()))), command);
        }
        if (event.equals("error") || event.equals("exit")) {
            return new Hook(event, null, command);
        }
        throw new IllegalArgumentException("use match:RE, error or exit before the equals sign");
    }
}
