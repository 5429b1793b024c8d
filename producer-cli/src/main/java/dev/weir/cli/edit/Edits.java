package dev.weir.cli.edit;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.weir.cli.mask.Masks;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * What is to be done to a run's lines: masks, then which to leave out and what to replace.
 *
 * @param include if there are any, only lines that one of them matches are kept
 * @param exclude lines that one of them matches are left out
 * @param replace applied in turn, after masking
 */
public record Edits(Masks masks, List<String> include, List<String> exclude, List<Replacement> replace) {
    /** A pattern, and what stands in the place of what it matches; {@code $1} is its first group. */
    public record Replacement(String pattern, String text) {
        /**
         * Reads {@code RE=TEXT}; an equals sign within the pattern is written {@code \=}.
         *
         * @throws IllegalArgumentException with what is wrong
         */
        public static Replacement parse(String typed) {
            for (int i = 1; i < typed.length(); i++) {
                if (typed.charAt(i) == '=' && typed.charAt(i - 1) != '\\') {
                    return new Replacement(checked(typed.substring(0, i)), typed.substring(i + 1));
                }
            }
            throw new IllegalArgumentException("use a pattern and a text, as in 'id-[0-9]+=id-N'");
        }
    }

    public Edits {
        include = List.copyOf(include);
        exclude = List.copyOf(exclude);
        replace = List.copyOf(replace);
    }

    public static Edits masking(Masks masks) {
        return new Edits(masks, List.of(), List.of(), List.of());
    }

    /**
     * The pattern, if it is one.
     *
     * @throws IllegalArgumentException with what is wrong
     */
    public static String checked(String pattern) {
        try {
            Pattern.compile(pattern);
            return pattern;
        } catch (PatternSyntaxException wrong) {
            throw new IllegalArgumentException(wrong.getMessage() + ": use an RE2 pattern");
        }
    }

    public boolean filters() {
        return !include.isEmpty() || !exclude.isEmpty();
    }

    /** For one source. */
    public Editor editor() {
        return new Editor(this);
    }

    /** For the spool: a run that is resumed must be numbered as it would have been. */
    public void write(Properties text) {
        masks.write(text);
        put(text, "include.", include);
        put(text, "exclude.", exclude);
        put(text, "replace.", replace.stream().map(Replacement::pattern).toList());
        put(text, "replacement.", replace.stream().map(Replacement::text).toList());
    }

    private static void put(Properties text, String prefix, List<String> values) {
        for (int i = 0; i < values.size(); i++) {
            text.setProperty(prefix + i, values.get(i));
        }
    }

    public static Edits read(Properties text) {
        List<String> patterns = get(text, "replace.");
        List<String> texts = get(text, "replacement.");
        List<Replacement> replace = new ArrayList<>();
        for (int i = 0; i < patterns.size(); i++) {
            replace.add(new Replacement(patterns.get(i), texts.get(i)));
        }
        return new Edits(Masks.read(text), get(text, "include."), get(text, "exclude."), replace);
    }

    private static List<String> get(Properties text, String prefix) {
        List<String> values = new ArrayList<>();
        for (String value; (value = text.getProperty(prefix + values.size())) != null; ) {
            values.add(value);
        }
        return values;
    }
}
