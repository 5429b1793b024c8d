package dev.weir.mcp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A call's arguments, held to the tool's own schema. Errors say how to repair the call; what is plainly meant is taken: a
 * number in quotes, one text where a list of them is asked for.
 */
final class Arguments {
    private final Map<String, Object> values;

    private Arguments(Map<String, Object> values) {
        this.values = values;
    }

    static Arguments of(Map<String, Object> schema, Map<String, Object> given) {
        Map<String, Object> known = Json.child(schema, "properties");
        Map<String, Object> values = new LinkedHashMap<>();
        given.forEach((name, value) -> {
            if (!known.containsKey(name)) {
                throw new ToolProblem("There is no argument '" + CleanText.of(name, 40) + "': use "
                        + String.join(", ", known.keySet()));
            }
            if (value != null) {
                values.put(name, value(name, Json.child(known, name), value));
            }
        });
        if (schema.get("required") instanceof List<?> required) {
            for (Object name : required) {
                if (!values.containsKey(String.valueOf(name))) {
                    throw new ToolProblem(name + " is missing: give "
                            + Json.string(Json.child(known, String.valueOf(name)), "description"));
                }
            }
        }
        return new Arguments(values);
    }

    private static Object value(String name, Map<String, Object> rule, Object given) {
        return switch (Json.string(rule, "type")) {
            case "integer" -> integer(name, rule, given);
            case "array" -> list(name, rule, given);
            case "boolean" -> truth(name, given);
            default -> text(name, rule, given);
        };
    }

    private static Object integer(String name, Map<String, Object> rule, Object given) {
        long least = Json.number(rule, "minimum");
        long most = Json.number(rule, "maximum");
        try {
            long number = given instanceof Number whole && whole.doubleValue() == whole.longValue()
                    ? whole.longValue()
                    : Long.parseLong(String.valueOf(given));
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // said below, with the bounds
        }
        throw new ToolProblem(name + " is '" + shown(given) + "': use a whole number from " + least + " to " + most);
    }

    private static Object text(String name, Map<String, Object> rule, Object given) {
        if (!(given instanceof String text)) {
            throw new ToolProblem(name + " is not a string: give one");
        }
        long most = rule.containsKey("maxLength") ? Json.number(rule, "maxLength") : 4_096;
        if (text.length() > most) {
            throw new ToolProblem(name + " has " + text.length() + " characters: use at most " + most);
        }
        if (rule.get("enum") instanceof List<?> choice && !choice.contains(text.toLowerCase(Locale.ROOT))) {
            throw new ToolProblem(name + " is '" + shown(text) + "': use one of " + choice);
        }
        return text;
    }

    private static Object list(String name, Map<String, Object> rule, Object given) {
        List<?> list = given instanceof List<?> several ? several : List.of(given);
        long most = rule.containsKey("maxItems") ? Json.number(rule, "maxItems") : 20;
        if (list.size() > most) {
            throw new ToolProblem(name + " has " + list.size() + " items: use at most " + most);
        }
        List<String> texts = new ArrayList<>();
        for (Object item : list) {
            if (!(item instanceof String text) || text.length() > 4_096) {
                throw new ToolProblem(name + " is not a list of strings: give one");
            }
            texts.add(text);
        }
        return texts;
    }

    private static Object truth(String name, Object given) {
        String word = String.valueOf(given);
        if (word.equals("true") || word.equals("false")) {
            return Boolean.valueOf(word);
        }
        throw new ToolProblem(name + " is '" + shown(given) + "': use true or false");
    }

    private static String shown(Object value) {
        return CleanText.of(String.valueOf(value), 60);
    }

    /** An empty text is none. */
    Optional<String> text(String name) {
        return values.get(name) instanceof String text && !text.isBlank() ? Optional.of(text) : Optional.empty();
    }

    /** A level and everything worse, as the API writes it. */
    Optional<String> andWorse(String name) {
        return text(name).map(level -> level.contains(",") || level.endsWith("+") ? level : level + "+");
    }

    int integer(String name, int otherwise) {
        return values.get(name) instanceof Long number ? number.intValue() : otherwise;
    }

    boolean flag(String name) {
        return Boolean.TRUE.equals(values.get(name));
    }

    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        if (values.get(name) instanceof List<?> list) {
            list.forEach(text -> texts.add(String.valueOf(text)));
        }
        return texts;
    }

    /** Tokens at most, of about four bytes. */
    int budget() {
        return integer("budget", Fit.DEFAULT_BUDGET);
    }
}
