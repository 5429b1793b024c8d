package dev.weir.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FoldersTest {
    @Test
    void prefersItsOwnVariableThenXdgThenHome() {
        Map<String, String> all = Map.of("WEIR_STATE_DIR", "/s", "XDG_STATE_HOME", "/x", "HOME", "/h");

        assertEquals(Path.of("/s"), Folders.state(all));
        assertEquals(Path.of("/x/weir"), Folders.state(Map.of("XDG_STATE_HOME", "/x", "HOME", "/h")));
        assertEquals(Path.of("/h/.local/state/weir"), Folders.state(Map.of("HOME", "/h", "WEIR_STATE_DIR", "")));
    }

    @Test
    void keepsCachesApart() {
        assertEquals(Path.of("/c/weir"), Folders.cache(Map.of("XDG_CACHE_HOME", "/c", "HOME", "/h")));
        assertEquals(Path.of("/h/.cache/weir"), Folders.cache(Map.of("HOME", "/h")));
    }
}
