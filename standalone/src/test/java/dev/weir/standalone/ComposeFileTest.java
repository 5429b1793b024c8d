package dev.weir.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.settings.Setting;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** What can be known of docker-compose.yml without a Docker engine; {@code make compose-test} brings it up with one. */
class ComposeFileTest {
    private static final Pattern PINNED = Pattern.compile("[a-z0-9./_-]+:v?\\d+\\.\\d+\\.\\d+[A-Za-z0-9._-]*");
    private static final Path ROOT = Path.of("..");

    @Test
    void namesOnlySettingsThatExist() throws Exception {
        Set<String> known = DeclaredSettings.byName().values().stream()
                .map(Setting::variable)
                .collect(Collectors.toSet());
        List<String> unknown = new ArrayList<>();

        for (Map<?, ?> service : services().values()) {
            Object environment = service.get("environment");
            if (environment instanceof Map<?, ?> variables) {
                variables.keySet().stream()
                        .map(Object::toString)
                        .filter(name -> name.startsWith("WEIR_") && !known.contains(name))
                        .forEach(unknown::add);
            }
        }

        assertEquals(List.of(), unknown);
    }

    @Test
    void pinsEveryImageItRunsOrBuildsFrom() throws IOException {
        List<String> loose = new ArrayList<>();
        for (Map<?, ?> service : services().values()) {
            loose.add(String.valueOf(service.get("image")));
        }
        for (String dockerfile : List.of("docker/server.Dockerfile", "docker/command.Dockerfile")) {
            for (String line : Files.readAllLines(ROOT.resolve(dockerfile))) {
                if (line.startsWith("FROM ")) {
                    loose.add(line.split(" ")[1]);
                }
            }
        }

        loose.removeIf(image -> PINNED.matcher(image).matches());

        assertEquals(List.of(), loose);
    }

    @Test
    void runsTwoServersThatShareTheWorkAndWatchesTheirHealth() throws IOException {
        Map<String, Map<?, ?>> services = services();

        assertTrue(services.keySet().containsAll(Set.of("kafka", "registry", "weir-1", "weir-2", "demo")));
        assertEquals(List.of("demo"), services.getOrDefault("demo", Map.of()).get("profiles"));
        assertTrue(services.getOrDefault("kafka", Map.of()).containsKey("healthcheck"));
        assertTrue(services.getOrDefault("registry", Map.of()).containsKey("healthcheck"));
        assertTrue(Files.readString(ROOT.resolve("docker/server.Dockerfile")).contains("HEALTHCHECK"));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Map<?, ?>> services() throws IOException {
        try (Reader file = Files.newBufferedReader(ROOT.resolve("docker-compose.yml"))) {
            Load yaml =
                    new Load(LoadSettings.builder().setSchema(new CoreSchema()).build());
            Map<String, ?> top = (Map<String, ?>) yaml.loadFromReader(file);
            return (Map<String, Map<?, ?>>) Objects.requireNonNull(top.get("services"), "services");
        }
    }
}
