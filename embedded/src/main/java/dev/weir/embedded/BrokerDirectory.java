package dev.weir.embedded;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;

/**
 * The broker's directory, formatted on first use. Formatting happens beside it and is renamed into place, so that a
 * directory is either whole or not there: what a killed formatting leaves behind is recognised and thrown away.
 */
final class BrokerDirectory {
    private static final String MARK = "meta.properties";
    /** Kafka's own mark of a log that was closed in order. */
    private static final String CLOSED = ".kafka_cleanshutdown";

    private final Path directory;

    BrokerDirectory(Path directory) {
        this.directory = directory.toAbsolutePath();
    }

    void formatOnFirstUse(Map<String, String> settings) {
        if (Files.exists(directory.resolve(MARK))) {
            return;
        }
        try {
            if (isOccupied()) {
                throw new StartFailure("The broker's directory " + directory + " holds files but no " + MARK
                        + ": it was formatted by half or is not a broker's. Move it away, or delete it if nothing in it"
                        + " is needed, and start again");
            }
            format(settings);
        } catch (IOException broken) {
            throw new StartFailure(
                    "Cannot prepare the broker's directory " + directory + " (" + broken
                            + "): check its permissions and that its disk has room",
                    broken);
        }
    }

    /** Whether a broker ran on it that was not stopped in order. */
    boolean wasKilled() {
        return Files.exists(directory.resolve("recovery-point-offset-checkpoint"))
                && !Files.exists(directory.resolve(CLOSED));
    }

    private boolean isOccupied() throws IOException {
        if (!Files.exists(directory)) {
            return false;
        }
        try (Stream<Path> inside = Files.list(directory)) {
            return inside.findAny().isPresent();
        }
    }

    private void format(Map<String, String> settings) throws IOException {
        Path fresh = directory.resolveSibling(directory.getFileName() + ".formatting");
        FileTree.delete(fresh);
        Files.createDirectories(fresh);
        Path config = Files.createTempFile(fresh.getParent(), "format", ".properties");
        try {
            Properties properties = new Properties();
            properties.putAll(settings);
            properties.put("log.dirs", fresh.toString());
            try (Writer writer = Files.newBufferedWriter(config)) {
                properties.store(writer, null);
            }
            run("format", "--cluster-id", Uuid.randomUuid().toString(), "--config", config.toString());
        } finally {
            Files.deleteIfExists(config);
        }
        Files.deleteIfExists(directory);
        Files.move(fresh, directory, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void run(String... arguments) throws IOException {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        int code = StorageTool.execute(arguments, new PrintStream(said, true, StandardCharsets.UTF_8));
        if (code != 0) {
            throw new IOException("formatting failed: " + said.toString(StandardCharsets.UTF_8));
        }
    }
}
