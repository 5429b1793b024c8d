package dev.weir.cli;

import dev.weir.settings.Setting;
import dev.weir.settings.Settings;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code weir config}: every setting of the command, its value and where that comes from. */
@Command(
        name = "config",
        description = {
            "Shows every setting of the command, its value, and where that comes from.",
            "That is a variable, .weir.yaml of the project, config.yaml of the user, or the default. Flags win over"
                    + " all of them."
        },
        mixinStandardHelpOptions = true)
final class ConfigCommand implements Callable<Integer> {
    private final Map<String, String> plain;

    ConfigCommand(Map<String, String> plain) {
        this.plain = plain;
    }

    @Override
    public Integer call() {
        Layers layers = Layers.read(plain, Path.of(""));
        Map<String, String> merged = layers.merged();
        Settings settings = new Settings(merged);
        for (Setting setting : Layers.settings()) {
            String value = settings.text(setting);
            boolean secret = setting.equals(CliSettings.API_KEY) && !value.isEmpty();
            print(setting.name().substring("weir.".length()), secret ? "(hidden)" : value, layers.origin(setting));
        }
        for (String table : new String[] {"labels", "masks", "presets"}) {
            Layers.table(merged, table).forEach((name, value) -> print(table + "." + name, value, "a file"));
        }
        System.out.println("files: " + Layers.userFile(plain) + ", .weir.yaml of the project");
        return 0;
    }

    private static void print(String name, String value, String origin) {
        System.out.println(Printable.of(String.format("%-24s %-28s %s", name, value.isEmpty() ? "-" : value, origin)));
    }
}
