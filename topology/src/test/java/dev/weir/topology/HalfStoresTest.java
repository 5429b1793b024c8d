package dev.weir.topology;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HalfStoresTest {
    @TempDir
    Path application;

    @Test
    void throwsAwayATaskWhoseStoreHasLostItsManifestAndKeepsTheOthers() throws IOException {
        Path whole = store("0_0", "MANIFEST-000005");
        Files.writeString(whole.resolve("MANIFEST-000005"), "manifest");
        Path half = store("0_1", "MANIFEST-000039");

        HalfStores.throwAway(application);

        assertTrue(Files.exists(whole.resolve("CURRENT")));
        assertFalse(Files.exists(half));
        assertFalse(Files.exists(application.resolve("0_1")));
    }

    @Test
    void doesNothingBeforeTheFirstStart() {
        HalfStores.throwAway(application.resolve("absent"));

        assertFalse(Files.exists(application.resolve("absent")));
    }

    private Path store(String task, String manifest) throws IOException {
        Path store = Files.createDirectories(
                application.resolve(task).resolve("rocksdb").resolve("wakes"));
        Files.writeString(store.resolve("CURRENT"), manifest + "\n");
        return store;
    }
}
