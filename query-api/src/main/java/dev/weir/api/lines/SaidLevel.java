package dev.weir.api.lines;

import java.util.Map;
import java.util.regex.Pattern;

/**
 * How well a line fits a level, by what it says near its start. Templates of several levels may have the same text, for a
 * level is of the header: only this tells their lines apart without mining all of them.
 */
final class SaidLevel {
    private static final int NEAR = 200;
    private static final Map<String, Pattern> WORDS = Map.of(
            "FATAL", word("fatal|critical|crit|emerg|alert|panic|f"),
            "ERROR", word("errors?|err|severe|failed|failure|e"),
            "WARN", word("warn|warning|w"),
            "INFO", word("info|notice|i"),
            "DEBUG", word("debug|fine|d"),
            "TRACE", word("trace|finer|finest|t"));

    private SaidLevel() {}

    /** What is wrong is kept apart from the rest, whose levels are not kept apart from each other. */
    static int fit(String line, String level) {
        boolean wrong = level.equals("ERROR") || level.equals("FATAL");
        return says(line, level) ? 2 : wrong ? 0 : 1;
    }

    private static boolean says(String line, String level) {
        String near = line.substring(0, Math.min(NEAR, line.length()));
        Pattern words = WORDS.get(level);
        return words == null
                ? WORDS.values().stream().noneMatch(other -> other.matcher(near).find())
                : words.matcher(near).find();
    }

    private static Pattern word(String words) {
        return Pattern.compile("(?<![A-Za-z0-9_])(?:" + words + ")(?![A-Za-z0-9_])", Pattern.CASE_INSENSITIVE);
    }
}
