package dev.weir.api.runs;

import dev.weir.api.http.Problem;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Which levels a {@code level} parameter lets through: {@code error,warn}, or {@code warn+} for it and everything worse. */
public final class Levels {
    private static final List<String> WORST_LAST = List.of("NONE", "TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL");

    private Levels() {}

    public static Set<String> of(String given) {
        return Arrays.stream(given.split(","))
                .map(String::stripLeading)
                .filter(level -> !level.isBlank())
                .flatMap(level -> one(given, level.toUpperCase(Locale.ROOT)).stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static List<String> one(String given, String level) {
        boolean worseToo = level.endsWith("+") || level.endsWith(" ");
        int at = WORST_LAST.indexOf(worseToo ? level.substring(0, level.length() - 1) : level);
        if (at < 0) {
            throw Problem.badParameter(
                    "level",
                    given,
                    "use trace, debug, info, warn, error, fatal or none, several with commas, or warn+");
        }
        return WORST_LAST.subList(at, worseToo ? WORST_LAST.size() : at + 1);
    }
}
