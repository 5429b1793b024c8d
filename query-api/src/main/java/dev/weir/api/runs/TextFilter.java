package dev.weir.api.runs;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.weir.api.http.Problem;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * What {@code q} asks for: text that must occur, whatever its case, or, between slashes, an RE2 pattern that must match
 * somewhere. RE2 takes linear time on any input, so a caller's pattern cannot hold the server.
 */
public final class TextFilter {
    private static final int LONGEST = 512;

    private TextFilter() {}

    public static Predicate<String> of(String name, String given) {
        if (given.length() > LONGEST) {
            throw Problem.badParameter(name, given, "use at most " + LONGEST + " characters");
        }
        if (given.length() > 2 && given.startsWith("/") && given.endsWith("/")) {
            return pattern(name, given.substring(1, given.length() - 1));
        }
        String wanted = given.toLowerCase(Locale.ROOT);
        return text -> text.toLowerCase(Locale.ROOT).contains(wanted);
    }

    public static Predicate<String> pattern(String name, String expression) {
        try {
            Pattern pattern = Pattern.compile(expression);
            return text -> pattern.matcher(text).find();
        } catch (PatternSyntaxException unreadable) {
            throw Problem.badParameter(
                    name,
                    expression,
                    "use RE2 syntax: " + unreadable.getDescription() + " at " + unreadable.getPattern());
        }
    }
}
