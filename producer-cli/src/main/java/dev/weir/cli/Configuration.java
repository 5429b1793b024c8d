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
        return connection(environment, kafkaConfigFlag, null);
    }

    static Connection connection(
            Map<String, String> environment, @Nullable Path kafkaConfigFlag, @Nullable String viaFlag) {
        Map<String, String> given = new HashMap<>(environment);
        if (kafkaConfigFlag != null) {
            given.put(ClusterSettings.KAFKA_CONFIG.name(), kafkaConfigFlag.toString());
        }
        if (viaFlag != null) {
            given.put(CliSettings.VIA.name(), viaFlag);
        }
        Settings settings = new Settings(given);
        String via = settings.text(CliSettings.VIA);
        if (!via.equals("kafka") && !via.equals("http")) {
            settings.problem(CliSettings.VIA, "use kafka or http");
        }
        Map<String, String> kafka = kafka(settings);
        String bootstrap = where(kafka, ClusterProperties.BOOTSTRAP_SERVERS);
        String registry = where(kafka, ClusterProperties.SCHEMA_REGISTRY_URL);
        String url = settings.text(CliSettings.URL);
        return new Connection(
                url.isEmpty() ? null : url(url),
                Folders.state(environment).resolve("node.properties"),
                !bootstrap.isEmpty() || !url.isEmpty(),
                bootstrap,
                registry,
                kafka,
                settings.text(ClusterSettings.TOPIC_PREFIX) + ".lines",
                tenant(settings),
                settings.text(CliSettings.API_KEY),
                via.equals("http"));
    }

    private static Map<String, String> kafka(Settings settings) {
        Map<String, String> kafka = ClusterProperties.from(settings);
        try {
            settings.check();
        } catch (IllegalArgumentException problems) {
            throw new UsageException(String.valueOf(problems.getMessage()));
        }
        return kafka;
    }

    private static String where(Map<String, String> kafka, String name) {
        String value = kafka.remove(name);
        return value == null ? "" : value;
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
}
