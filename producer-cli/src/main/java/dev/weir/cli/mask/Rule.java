package dev.weir.cli.mask;

import com.google.re2j.Pattern;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One kind of secret: the words of which one must be there, what else must, and the pattern whose first group (or the whole) is
 * the secret. A rule without words is tried on every line.
 */
final class Rule {
    private final String name;
    private final List<String> keywords;
    private final List<String> also;
    private final String pattern;
    private @Nullable Pattern compiled; // most runs never meet most kinds

    /** @param also one of these must be there, too, exactly as written; if there are any */
    Rule(String name, List<String> keywords, List<String> also, String pattern) {
        this.name = name;
        this.keywords = List.copyOf(keywords);
        this.also = List.copyOf(also);
        this.pattern = pattern;
    }

    String name() {
        return name;
    }

    List<String> keywords() {
        return keywords;
    }

    /** Whether it can be there, by what is cheaper than its pattern. */
    boolean mayBeIn(String line) {
        for (String word : also) {
            if (line.contains(word)) {
                return true;
            }
        }
        return also.isEmpty();
    }

    Pattern pattern() {
        if (compiled == null) {
            compiled = Pattern.compile(pattern);
        }
        return compiled;
    }

    /** The rules that come with weir: blocks of {@code rule}, {@code key}, {@code also} and {@code re} lines; the examples are the test's. */
    static List<Rule> own() {
        try (InputStream in = Rule.class.getResourceAsStream("rules.txt")) {
            if (in == null) {
                throw new IllegalStateException("the rules for secrets are missing from this installation");
            }
            return read(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1));
        } catch (IOException unreadable) {
            throw new IllegalStateException("the rules for secrets cannot be read", unreadable);
        }
    }

    private static List<Rule> read(String text) {
        List<Rule> rules = new ArrayList<>();
        String name = "";
        List<String> keywords = List.of();
        List<String> also = List.of();
        for (String line : text.split("\n")) {
            int space = line.indexOf(' ');
            String kind = space < 0 ? line : line.substring(0, space);
            switch (kind) {
                case "rule" -> name = line.substring(space + 1);
                case "key" -> {
                    keywords = List.of(line.substring(space + 1).split(" "));
                    also = List.of();
                }
                case "also" -> also = List.of(line.substring(space + 1).split(" "));
                case "re" -> rules.add(new Rule(name, keywords, also, line.substring(space + 1)));
                default -> {
                    // a comment or an example
                }
            }
        }
        return rules;
    }
}
