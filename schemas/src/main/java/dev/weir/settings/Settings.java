package dev.weir.settings;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Reads settings from a map that may use either form of a name, and collects every problem before anything starts.
 * Single-threaded: made, asked and checked by one start-up.
 */
public final class Settings {
    private final Map<String, String> given;
    private final List<String> problems = new ArrayList<>();

    public Settings(Map<String, String> given) {
        this.given = Map.copyOf(given);
    }

    public String text(Setting setting) {
        String byName = given.get(setting.name());
        String value = byName != null ? byName : given.get(setting.variable());
        return value == null || value.isBlank() ? setting.defaultValue() : value.strip();
    }

    public int integer(Setting setting, int least, int most) {
        return parsed(setting, "use a whole number from " + least + " to " + most, text -> {
            int number = Integer.parseInt(text);
            if (number < least || number > most) {
                throw new IllegalArgumentException(text);
            }
            return number;
        });
    }

    public Duration duration(Setting setting) {
        return parsed(setting, "use a duration such as 500ms, 30s, 5m, 24h or 7d", Quantities::duration);
    }

    public long bytes(Setting setting) {
        return parsed(setting, "use a size such as 64KiB, 128MiB or 2GiB", Quantities::bytes);
    }

    public boolean flag(Setting setting) {
        return parsed(setting, "use true or false", text -> switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(text);
        });
    }

    /** Reports what only the caller can see to be wrong, together with the rest. */
    public void problem(Setting setting, String whatToDo) {
        problems.add(setting.variable() + " is '" + text(setting) + "': " + whatToDo);
    }

    /** All problems in one exception; call it after the last setting was read. */
    public void check() {
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join(System.lineSeparator(), problems));
        }
    }

    private <T> T parsed(Setting setting, String whatToDo, Function<String, T> parse) {
        try {
            return parse.apply(text(setting));
        } catch (IllegalArgumentException | ArithmeticException unreadable) {
            problem(setting, whatToDo);
            return parse.apply(setting.defaultValue());
        }
    }
}
