package dev.weir.schemas;

import dev.weir.settings.Settings;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/** What every client of the cluster is opened with, under Kafka's and Confluent's own names. */
public final class ClusterProperties {
    public static final String BOOTSTRAP_SERVERS = "bootstrap.servers";
    public static final String SCHEMA_REGISTRY_URL = "schema.registry.url";

    public static final String COMPRESSION_TYPE = "compression.type";

    private static final List<String> COMPRESSIONS = List.of("none", "gzip", "lz4", "zstd");

    private ClusterProperties() {}

    /** The user's properties file, and over it where the settings say Kafka and the registry are. Notes problems. */
    public static Map<String, String> from(Settings settings) {
        Map<String, String> properties = new TreeMap<>(file(settings));
        String servers = settings.text(ClusterSettings.BOOTSTRAP_SERVERS);
        if (!servers.isEmpty()) {
            properties.put(BOOTSTRAP_SERVERS, servers);
        }
        String registry = settings.text(ClusterSettings.SCHEMA_REGISTRY_URL);
        if (!registry.isEmpty()) {
            properties.put(SCHEMA_REGISTRY_URL, registry);
        }
        compression(settings).ifPresent(type -> properties.put(COMPRESSION_TYPE, type));
        return properties;
    }

    /** What producers compress with; empty for what they do anyway. Notes a problem. */
    public static Optional<String> compression(Settings settings) {
        String type = settings.text(ClusterSettings.COMPRESSION);
        if (!COMPRESSIONS.contains(type)) {
            settings.problem(ClusterSettings.COMPRESSION, "use one of " + String.join(", ", COMPRESSIONS));
        }
        return type.equals(ClusterSettings.COMPRESSION.defaultValue()) ? Optional.empty() : Optional.of(type);
    }

    private static Map<String, String> file(Settings settings) {
        String path = settings.text(ClusterSettings.KAFKA_CONFIG);
        Map<String, String> found = new TreeMap<>();
        if (!path.isEmpty()) {
            Properties properties = new Properties();
            try (Reader reader = Files.newBufferedReader(Path.of(path), StandardCharsets.UTF_8)) {
                properties.load(reader);
            } catch (IOException | IllegalArgumentException unreadable) {
                settings.problem(
                        ClusterSettings.KAFKA_CONFIG, "use a properties file that can be read (" + unreadable + ")");
            }
            properties.stringPropertyNames().forEach(name -> found.put(name, properties.getProperty(name)));
        }
        return found;
    }
}
