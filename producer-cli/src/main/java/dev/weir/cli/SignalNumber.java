package dev.weir.cli;

import java.util.Map;

/** The numbers that Linux and macOS agree on. */
final class SignalNumber {
    private static final Map<String, Integer> NUMBERS =
            Map.of("HUP", 1, "INT", 2, "QUIT", 3, "ABRT", 6, "KILL", 9, "SEGV", 11, "PIPE", 13, "ALRM", 14, "TERM", 15);

    private SignalNumber() {}

    static int of(String name) {
        return NUMBERS.getOrDefault(name, 0);
    }
}
