package dev.weir.topology;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

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
    void throwsAwayATaskOfWhichOnlyALogIsLeftForRocksDbOpensNoStoreBesideIt() throws IOException, RocksDBException {
        Path half = onlyALog("0_1");

        HalfStores.throwAway(application);

        assertFalse(Files.exists(half));
        try (Options options = new Options().setCreateIfMissing(true)) {
            String refused = onlyALog("0_2").toString();
            assertThrows(RocksDBException.class, () -> RocksDB.open(options, refused));
        }
    }

    private Path onlyALog(String task) throws IOException, RocksDBException {
        Path store = Files.createDirectories(
                application.resolve(task).resolve("rocksdb").resolve("wakes"));
        try (Options options = new Options().setCreateIfMissing(true);
                RocksDB whole = RocksDB.open(options, store.toString())) {
            whole.put(new byte[] {1}, new byte[] {2});
        }
        try (Stream<Path> files = Files.list(store)) {
            for (Path file :
                    files.filter(one -> !one.toString().endsWith(".log")).toList()) {
                Files.delete(file);
            }
        }
        return store;
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
