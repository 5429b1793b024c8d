package dev.weir.standalone;

import dev.weir.embedded.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.rocksdb.NativeLibraryLoader;

/**
 * RocksDB's native library, unpacked into the node's own folder while the broker starts. Left to itself it would be unpacked
 * later, into the system's temporary folder, where a killed node leaves 15 MB each time.
 */
final class NativeLibraries {
    private NativeLibraries() {}

    static void load(Path folder) {
        try {
            Files.createDirectories(folder);
            NativeLibraryLoader.getInstance().loadLibrary(folder.toString());
        } catch (IOException | UnsatisfiedLinkError failed) {
            throw new StartFailure(
                    "Cannot unpack and load RocksDB's native library in " + folder + " (" + failed
                            + "): check that the disk has room and that programs may run from there (noexec)",
                    failed);
        }
    }
}
