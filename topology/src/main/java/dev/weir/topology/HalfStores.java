package dev.weir.topology;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Throws away local stores that a server was killed in the middle of deleting: RocksDB's CURRENT names a manifest that
 * is gone, or is gone itself while files of its store are left, and Kafka Streams would fail on it at every start. Nothing is lost, for the changelog has it all.
 */
final class HalfStores {
    private static final Logger LOG = LoggerFactory.getLogger(HalfStores.class);
    private static final String CURRENT = "CURRENT";
    /** RocksDB has none of these without CURRENT; it refuses to open, or to begin, a store beside a log that is left. */
    private static final Pattern OF_A_STORE = Pattern.compile("\\d+\\.(log|sst)|MANIFEST-\\d+");

    private HalfStores() {}

    /** @param application the directory of all tasks; nothing else may have it open */
    static void throwAway(Path application) {
        if (!Files.isDirectory(application)) {
            return;
        }
        try {
            for (Path task : children(application)) {
                if (Files.isDirectory(task) && holdsHalfAStore(task)) {
                    LOG.warn("A store was half deleted when the server was killed and is read back, task={}", task);
                    delete(task);
                }
            }
        } catch (IOException stuck) {
            throw new UncheckedIOException(
                    "Cannot clean up " + application
                            + ": check its permissions, or delete it; it is read back from Kafka",
                    stuck);
        }
    }

    private static boolean holdsHalfAStore(Path task) throws IOException {
        try (Stream<Path> files = Files.walk(task)) {
            for (Path file : files.toList()) {
                if (file.endsWith(CURRENT)) {
                    String manifest = Files.readString(file).strip();
                    if (manifest.isEmpty() || Files.notExists(file.resolveSibling(manifest))) {
                        return true;
                    }
                } else if (OF_A_STORE
                                .matcher(String.valueOf(file.getFileName()))
                                .matches()
                        && Files.notExists(file.resolveSibling(CURRENT))) {
                    return true;
                }
            }
            return false;
        }
    }

    private static List<Path> children(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
