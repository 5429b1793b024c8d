package dev.weir.cli;

import dev.weir.schemas.ClusterSettings;
import dev.weir.settings.Folders;
import dev.weir.settings.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Where the command's settings come from: the environment, then {@code .weir.yaml} of the project, then {@code config.yaml} of
 * the user, then the default. Everything else reads one environment in which what the files say stands as if it had been set.
 *
 * <p>A project's file is not the user's: it may say what is convenient, but not where output goes, nor what is run.
 */
record Layers(
        Map<String, String> environment,
        @Nullable Layer project,
        @Nullable Layer user) {
    private static final String PROJECT_FILE = ".weir.yaml";
    private static final Set<String> TABLES = Set.of("labels", "masks", "presets");

    Layers {
        environment = Map.copyOf(environment);
    }

    /** One file's values, by dotted name without {@code weir.} in front. */
    record Layer(Path file, Map<String, String> values) {
        Layer {
            values = Map.copyOf(values);
        }
    }

    /** Every setting that a file may have. */
    static List<Setting> settings() {
        List<Setting> all = new ArrayList<>(CliSettings.ALL);
        all.add(Folders.STATE);
        all.add(ClusterSettings.BOOTSTRAP_SERVERS);
        all.add(ClusterSettings.SCHEMA_REGISTRY_URL);
        all.add(ClusterSettings.KAFKA_CONFIG);
        all.add(ClusterSettings.COMPRESSION);
        all.add(ClusterSettings.TOPIC_PREFIX);
        return all;
    }

    /** @throws UsageException naming the file and what is wrong with it */
    static Layers read(Map<String, String> environment, Path directory) {
        Path project = projectFile(directory, environment.getOrDefault("HOME", ""));
        Path user = userFile(environment);
        return new Layers(
                environment,
                project == null ? null : layer(project, true),
                Files.exists(user) ? layer(user, false) : null);
    }

    static Path userFile(Map<String, String> environment) {
        String given = environment.getOrDefault("XDG_CONFIG_HOME", "");
        String home = environment.getOrDefault("HOME", System.getProperty("user.home", "."));
        return (given.isBlank() ? Path.of(home, ".config") : Path.of(given))
                .resolve("weir")
                .resolve("config.yaml");
    }

    /** In this folder or one above it, up to the one that holds the repository; never the home folder's. */
    private static @Nullable Path projectFile(Path directory, String home) {
        for (Path at = directory.toAbsolutePath(); at != null && !at.toString().equals(home); at = at.getParent()) {
            Path file = at.resolve(PROJECT_FILE);
            if (Files.exists(file)) {
                return file;
            }
            if (Files.exists(at.resolve(".git"))) {
                return null;
            }
        }
        return null;
    }

    private static Layer layer(Path file, boolean ofProject) {
        Map<String, String> values;
        try {
            values = Yaml.read(Files.readAllLines(file));
        } catch (IOException | IllegalArgumentException unreadable) {
            throw new UsageException("cannot read " + file + ": " + unreadable.getMessage());
        }
        values.keySet().forEach(name -> check(file, name, ofProject));
        return new Layer(file, values);
    }

    private static void check(Path file, String name, boolean ofProject) {
        String table = name.substring(0, Math.max(0, name.indexOf('.')));
        Setting setting = settings().stream()
                .filter(each -> each.name().equals("weir." + name))
                .findFirst()
                .orElse(null);
        if (setting == null && !TABLES.contains(table)) {
            List<String> known = settings().stream()
                    .map(each -> each.name().substring("weir.".length()))
                    .toList();
            throw new UsageException(file + " says '" + name + "', which is no setting"
                    + Nearest.to(name, known)
                            .map(near -> ": did you mean " + near + "?")
                            .orElse(": weir config lists them"));
        }
        if (ofProject
                && (setting == null ? table.equals("presets") : !ofAProject().contains(setting))) {
            throw new UsageException(file + " says '" + name
                    + "': where output goes and what is run is not a project's to say; put it in your own config.yaml");
        }
    }

    /** Not a constant: most runs read no file, and the first hash of a record takes Java thirty milliseconds. */
    private static Set<Setting> ofAProject() {
        return Set.of(
                CliSettings.JOB,
                CliSettings.CAPTURE,
                CliSettings.BUFFER,
                CliSettings.OVERFLOW,
                CliSettings.GRACE,
                CliSettings.LINGER,
                CliSettings.SUMMARY,
                CliSettings.COLOR);
    }

    /** The environment with everything that the files say, below what it says itself. */
    Map<String, String> merged() {
        if (project == null && user == null) {
            return environment;
        }
        Map<String, String> merged = new HashMap<>();
        for (Layer layer : new Layer[] {user, project}) {
            if (layer != null) {
                layer.values().forEach((name, value) -> merged.put(keyOf(name), value));
            }
        }
        merged.putAll(environment);
        return merged;
    }

    private static String keyOf(String name) {
        return TABLES.contains(name.substring(0, Math.max(0, name.indexOf('.'))))
                ? "weir." + name
                : new Setting("weir." + name, "", "", "").variable();
    }

    /** The entries of one table of the files, out of a merged environment. */
    static Map<String, String> table(Map<String, String> merged, String table) {
        String prefix = "weir." + table + ".";
        Map<String, String> found = new TreeMap<>();
        merged.forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                found.put(name.substring(prefix.length()), value);
            }
        });
        return found;
    }

    /** Where a setting's value comes from, for people. */
    String origin(Setting setting) {
        String name = setting.name().substring("weir.".length());
        if (environment.containsKey(setting.variable())) {
            return setting.variable();
        }
        for (Layer layer : new Layer[] {project, user}) {
            if (layer != null && layer.values().containsKey(name)) {
                return layer.file().toString();
            }
        }
        return "default";
    }
}
