package dev.weir.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.weir.settings.Setting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Holds docs/settings.md to the constants, both ways: nothing missing, nothing invented, no stale default. */
class SettingsPageTest {
    private static final Pattern ROW =
            Pattern.compile("^\\| `(weir\\.[a-z0-9.-]+)` \\| `(WEIR_[A-Z0-9_]+)` \\| (.*?) \\| (.*?) \\| (.*) \\|$");

    @Test
    void listsEverySettingWithItsVariableDefaultAndUnit() throws Exception {
        Map<String, String> documented = new TreeMap<>();
        for (String line : Files.readAllLines(Path.of("..", "docs", "settings.md"))) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                documented.put(row.group(1), row.group(2) + " " + unquoted(row.group(3)) + " " + row.group(4));
            }
        }

        Map<String, String> declared = new TreeMap<>();
        for (Setting setting : DeclaredSettings.byName().values()) {
            declared.put(setting.name(), setting.variable() + " " + setting.defaultValue() + " " + setting.unit());
        }

        assertFalse(declared.isEmpty());
        assertEquals(lines(declared), lines(documented));
    }

    private static String unquoted(String cell) {
        return cell.equals("(none)") || cell.isBlank() ? "" : cell.replaceAll("^`|`$", "");
    }

    private static String lines(Map<String, String> settings) {
        return String.join(
                "\n", settings.entrySet().stream().map(Object::toString).toList());
    }
}
