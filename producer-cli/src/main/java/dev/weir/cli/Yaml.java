package dev.weir.cli;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The little of YAML that a configuration file needs: maps in maps by indentation, scalars plain or quoted, comments. Read
 * into one flat map with dotted names. A library would cost every run more than the rest of its start.
 */
final class Yaml {
    private Yaml() {}

    private record Open(int indent, String prefix) {}

    /** @throws IllegalArgumentException naming the line that cannot be read */
    static Map<String, String> read(List<String> lines) {
        Map<String, String> values = new LinkedHashMap<>();
        Deque<Open> open = new ArrayDeque<>();
        open.push(new Open(-1, ""));
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            String text = line.strip();
            if (text.isEmpty() || text.startsWith("#") || text.equals("---")) {
                continue;
            }
            int indent = line.length() - line.stripLeading().length();
            if (line.substring(0, indent).indexOf('\t') >= 0) {
                throw unreadable(i, "is indented with a tab: use spaces");
            }
            while (open.element().indent() >= indent) {
                open.pop();
            }
            String[] entry = entry(text, i);
            String name = open.element().prefix() + entry[0];
            if (entry[1].isEmpty()) {
                open.push(new Open(indent, name + "."));
            } else if (values.put(name, scalar(entry[1], i)) != null) {
                throw unreadable(i, "says " + name + " a second time");
            }
        }
        return values;
    }

    private static String[] entry(String text, int line) {
        int from = text.startsWith("\"") ? text.indexOf('"', 1) : text.startsWith("'") ? text.indexOf('\'', 1) : 0;
        int colon = from < 0 ? -1 : text.indexOf(':', from);
        while (colon >= 0 && colon + 1 < text.length() && text.charAt(colon + 1) != ' ') {
            colon = text.indexOf(':', colon + 1);
        }
        if (colon < 1 || text.startsWith("- ") || text.startsWith("{") || text.startsWith("[")) {
            throw unreadable(line, "is not of the form name: value");
        }
        String name = text.substring(0, colon).strip();
        String value = text.substring(colon + 1).strip();
        return new String[] {from > 0 ? name.substring(1, name.length() - 1) : name, value.startsWith("#") ? "" : value
        };
    }

    private static String scalar(String text, int line) {
        char quote = text.charAt(0);
        if (quote == '\'' || quote == '"') {
            int end = text.lastIndexOf(quote);
            String after = text.substring(end + 1).strip();
            if (end == 0 || !after.isEmpty() && !after.startsWith("#")) {
                throw unreadable(line, "has a quote that does not end");
            }
            String inside = text.substring(1, end);
            return quote == '\''
                    ? inside.replace("''", "'")
                    : inside.replace("\\\"", "\"").replace("\\\\", "\\");
        }
        if (List.of('[', '{', '|', '>', '&', '*', '!').contains(quote)) {
            throw unreadable(line, "has a value that is more than a text: quote it, if it is meant so");
        }
        int comment = text.indexOf(" #");
        return comment < 0 ? text : text.substring(0, comment).strip();
    }

    private static IllegalArgumentException unreadable(int line, String what) {
        return new IllegalArgumentException("line " + (line + 1) + " " + what);
    }
}
