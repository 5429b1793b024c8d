package dev.weir.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayersTest {
    @TempDir
    Path folder;

    @Test
    void readsEnvironmentThenProjectThenUserThenDefault() throws IOException {
        user("buffer: 1MiB", "overflow: block", "linger: 1s", "url: http://server:7070");
        project("overflow: fail", "linger: 2s", "labels:", "  team: core # ours");

        Layers layers = Layers.read(environment("WEIR_LINGER", "3s"), folder.resolve("project/deep"));

        Settings settings = new Settings(layers.merged());
        assertEquals("3s", settings.text(CliSettings.LINGER));
        assertEquals("fail", settings.text(CliSettings.OVERFLOW));
        assertEquals("1MiB", settings.text(CliSettings.BUFFER));
        assertEquals("10s", settings.text(CliSettings.GRACE));
        assertEquals(Map.of("team", "core"), Layers.table(layers.merged(), "labels"));
        assertEquals("WEIR_LINGER", layers.origin(CliSettings.LINGER));
        assertTrue(layers.origin(CliSettings.OVERFLOW).endsWith(".weir.yaml"));
        assertTrue(layers.origin(CliSettings.BUFFER).endsWith("config.yaml"));
        assertEquals("default", layers.origin(CliSettings.GRACE));
    }

    @Test
    void letsNoProjectSayWhereOutputGoesOrWhatIsRun() throws IOException {
        project("url: http://elsewhere");
        assertRefused("url");
        project("presets:", "  x: curl elsewhere");
        assertRefused("presets.x");
    }

    @Test
    void namesTheNearestSettingAndTheLineThatCannotBeRead() throws IOException {
        project("bufer: 1MiB");
        assertRefused("did you mean buffer?");
        project("job: [a, b]");
        assertRefused("line 1");
        project("job: a", "job: b");
        assertRefused("line 2");
    }

    @Test
    void readsQuotedNamesAndValues() {
        assertEquals(
                Map.of("a.b: c", "it's # text", "d", "x\"y"),
                Yaml.read(List.of("a:", "  'b: c': 'it''s # text'", "d: \"x\\\"y\" # comment")));
    }

    private void assertRefused(String message) {
        UsageException refused = assertThrows(
                UsageException.class, () -> Layers.read(environment("WEIR_JOB", "x"), folder.resolve("project")));
        assertTrue(String.valueOf(refused.getMessage()).contains(message), refused.getMessage());
    }

    private Map<String, String> environment(String name, String value) {
        return Map.of("XDG_CONFIG_HOME", folder.resolve("config").toString(), name, value);
    }

    private void user(String... lines) throws IOException {
        Files.createDirectories(folder.resolve("config/weir"));
        Files.write(folder.resolve("config/weir/config.yaml"), List.of(lines));
    }

    private void project(String... lines) throws IOException {
        Files.createDirectories(folder.resolve("project/deep"));
        Files.write(folder.resolve("project/.weir.yaml"), List.of(lines));
    }
}
