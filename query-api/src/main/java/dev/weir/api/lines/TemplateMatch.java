package dev.weir.api.lines;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether a line may be of a template, judged by the template's text alone: its constant words, in order, with anything
 * between them. What stands before the first may be a header, which templates leave out. Takes linear time.
 */
final class TemplateMatch implements Predicate<String> {
    private static final Pattern HOLE = Pattern.compile("<(?:\\*|[A-Za-z][A-Za-z0-9_:-]{0,40})>");

    private final List<String> constants = new ArrayList<>();
    private final boolean openEnd;
    private final byte[] longest;

    TemplateMatch(String template) {
        Matcher holes = HOLE.matcher(template);
        int at = 0;
        while (holes.find()) {
            add(template.substring(at, holes.start()));
            at = holes.end();
        }
        openEnd = at == template.length();
        add(template.substring(at));
        longest = constants.stream()
                .max(Comparator.comparingInt(String::length))
                .orElse("")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Whether the longest constant occurs at all: most lines are told apart by that, without becoming text. */
    boolean mayMatch(byte[] line) {
        for (int at = 0; at <= line.length - longest.length; at++) {
            int same = 0;
            while (same < longest.length && line[at + same] == longest[same]) {
                same++;
            }
            if (same == longest.length) {
                return true;
            }
        }
        return false;
    }

    /** How much of a line it says. */
    int weight() {
        return constants.stream().mapToInt(String::length).sum();
    }

    private void add(String constant) {
        if (!constant.isBlank()) {
            constants.add(constant.strip());
        }
    }

    @Override
    public boolean test(String line) {
        int at = 0;
        for (int i = 0; i < constants.size(); i++) {
            String constant = constants.get(i);
            boolean last = i == constants.size() - 1 && !openEnd;
            int found = last ? line.stripTrailing().lastIndexOf(constant) : line.indexOf(constant, at);
            if (found < at
                    || last && found + constant.length() != line.stripTrailing().length()) {
                return false;
            }
            at = found + constant.length();
        }
        return !constants.isEmpty();
    }
}
