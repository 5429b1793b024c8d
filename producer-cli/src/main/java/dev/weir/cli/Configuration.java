package dev.weir.cli;

import dev.weir.schemas.ClusterProperties;
import dev.weir.schemas.ClusterSettings;
import dev.weir.schemas.RunKey;
import dev.weir.settings.Folders;
import dev.weir.settings.Settings;
import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Builds a {@link Connection} from flags and settings. */
final class Configuration {
    private Configuration() {}

    static Connection connection(Map<String, String> environment, @Nullable Path kafkaConfigFlag) {
        Settings settings = new Settings(environment);
        String bootstrap = settings.text(ClusterSettings.BOOTSTRAP_SERVERS);
        String file =
                kafkaConfigFlag != null ? kafkaConfigFlag.toString() : settings.text(ClusterSettings.KAFKA_CONFIG);
        String url = settings.text(CliSettings.URL);
        return new Connection(
                url.isEmpty() ? null : url(url),
                Folders.state(environment).resolve("node.properties"),
                !bootstrap.isEmpty() || !url.isEmpty(),
                bootstrap,
                settings.text(ClusterSettings.SCHEMA_REGISTRY_URL),
                kafka(settings, file),
                settings.text(ClusterSettings.TOPIC_PREFIX) + ".lines",
                tenant(settings),
                settings.text(CliSettings.API_KEY));
    }

    private static Map<String, String> kafka(Settings settings, String file) {
        Map<String, String> kafka = file.isEmpty() ? new HashMap<>() : properties(Path.of(file));
        ClusterProperties.compression(settings).ifPresent(type -> kafka.put(ClusterProperties.COMPRESSION_TYPE, type));
        try {
            settings.check();
        } catch (IllegalArgumentException problems) {
            throw new UsageException(String.valueOf(problems.getMessage()));
        }
        return kafka;
    }

    private static String tenant(Settings settings) {
        try {
            return RunKey.requireName(CliSettings.TENANT.name(), settings.text(CliSettings.TENANT));
        } catch (IllegalArgumentException noName) {
            throw new UsageException(String.valueOf(noName.getMessage()));
        }
    }

    /** Where the node of a state folder listens; the default where none has said. */
    static URI urlOfNode(Path record) {
        Properties said = new Properties();
        try (Reader reader = Files.newBufferedReader(record)) {
            said.load(reader);
        } catch (IOException | IllegalArgumentException none) {
            return url(CliSettings.DEFAULT_URL);
        }
        String url = said.getProperty("url", "");
        return url(url.isEmpty() ? CliSettings.DEFAULT_URL : url);
    }

    private static URI url(String text) {
        try {
            URI url = URI.create(text.endsWith("/") ? text : text + "/");
            if (url.getHost() != null && ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))) {
                return url;
            }
        } catch (IllegalArgumentException unreadable) {
            // said below, with what to do
        }
        throw new UsageException(
                CliSettings.URL.variable() + " is '" + text + "': use an address such as http://127.0.0.1:7070");
    }

    private static Map<String, String> properties(Path file) {
        Properties read = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            read.load(reader);
        } catch (IOException | IllegalArgumentException unreadable) {
            throw new UsageException("cannot read " + file + " (--kafka-config or "
                    + ClusterSettings.KAFKA_CONFIG.variable() + "): check the path, its permissions and that it is a"
                    + " properties file");
        }
        Map<String, String> properties = new HashMap<>();
        read.stringPropertyNames().forEach(name -> properties.put(name, read.getProperty(name)));
        return properties;
    }
}
