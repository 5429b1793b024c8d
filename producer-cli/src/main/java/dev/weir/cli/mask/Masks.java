package dev.weir.cli.mask;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** What is to be masked in one run: weir's own rules unless switched off, the user's, and the environment's secret values. */
public record Masks(boolean off, Map<String, String> patterns, Map<String, String> values) {
    private static final int SHORTEST_VALUE = 6;
    private static final String PATTERN = "mask.";
    private static final String VALUE = "secret.";

    public Masks {
        patterns = Map.copyOf(patterns);
        values = Map.copyOf(values);
    }

    public static Masks of(boolean off, Map<String, String> patterns, Map<String, String> environment) {
        Map<String, String> values = new HashMap<>();
        environment.forEach((name, value) -> {
            if (Masker.isSecretName(name) && value.length() >= SHORTEST_VALUE && !value.startsWith("/")) {
                values.put(name, value);
            }
        });
        return new Masks(off, patterns, values);
    }

    /** What is wrong with a pattern of the user's; empty if nothing is. */
    public static Optional<String> problem(String pattern) {
        try {
            Pattern.compile(pattern);
            return Optional.empty();
        } catch (PatternSyntaxException wrong) {
            return Optional.of(String.valueOf(wrong.getMessage()));
        }
    }

    /** A masker for one source; empty if nothing is to be masked. */
    public Optional<Masker> masker() {
        return off ? Optional.empty() : Optional.of(new Masker(patterns, values));
    }

    /** For the spool: a resumed run must be masked as it would have been. Its folder holds the raw output anyway. */
    public void write(Properties text) {
        text.setProperty("nomask", Boolean.toString(off));
        patterns.forEach((name, pattern) -> text.setProperty(PATTERN + name, pattern));
        values.forEach((name, value) -> text.setProperty(VALUE + name, value));
    }

    public static Masks read(Properties text) {
        Map<String, String> patterns = new HashMap<>();
        Map<String, String> values = new HashMap<>();
        for (String name : text.stringPropertyNames()) {
            if (name.startsWith(PATTERN)) {
                patterns.put(name.substring(PATTERN.length()), text.getProperty(name));
            } else if (name.startsWith(VALUE)) {
                values.put(name.substring(VALUE.length()), text.getProperty(name));
            }
        }
        return new Masks(Boolean.parseBoolean(text.getProperty("nomask")), patterns, values);
    }
}
