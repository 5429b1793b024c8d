package dev.weir.api;

import dev.weir.api.http.HttpOptions;
import dev.weir.api.runs.SnapshotSettings;
import dev.weir.schemas.ClusterSettings;
import dev.weir.schemas.TopicSettings;
import dev.weir.settings.Folders;
import dev.weir.settings.Settings;
import dev.weir.topology.TopologySettings;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;

/** Everything a server needs to know, read once and checked before anything starts. */
public record ServerConfig(
        HttpOptions http,
        TopicSettings topics,
        TopologySettings topology,
        SnapshotSettings snapshots,
        Map<String, String> kafka,
        String version) {

    public ServerConfig {
        kafka = Map.copyOf(kafka);
    }

    /**
     * Reads settings by either form of their names, such as an environment.
     *
     * @throws IllegalArgumentException that names every problem there is
     */
    public static ServerConfig from(Map<String, String> given) {
        Settings settings = new Settings(given);
        HttpOptions http = http(settings);
        Map<String, String> kafka = kafka(settings);
        String[] advertised = advertised(settings, http);
        TopologySettings topology = TopologySettings.read(
                settings, Folders.state(given), advertised[0], Integer.parseInt(advertised[1]), kafka);
        ServerConfig config = new ServerConfig(
                http,
                TopicSettings.from(settings),
                topology,
                new SnapshotSettings(
                        topology.retention().toMillis(),
                        settings.duration(ServerSettings.QUIET_AFTER).toMillis(),
                        (int) Math.min(1 << 28, settings.bytes(ServerSettings.RAW_BYTES))),
                kafka,
                builtVersion());
        settings.check();
        return config;
    }

    private static HttpOptions http(Settings settings) {
        return new HttpOptions(
                settings.text(ServerSettings.HTTP_HOST),
                settings.integer(ServerSettings.HTTP_PORT, 0, 65_535),
                names(settings.text(ServerSettings.HTTP_HOSTS)),
                settings.integer(ServerSettings.HTTP_CONNECTIONS, 10, 100_000),
                settings.integer(ServerSettings.HTTP_THREADS, 8, 10_000),
                settings.duration(ServerSettings.HTTP_IDLE),
                settings.bytes(ServerSettings.HTTP_BODY_BYTES));
    }

    private static Set<String> names(String list) {
        return Arrays.stream(list.split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Map<String, String> kafka(Settings settings) {
        Map<String, String> kafka = new HashMap<>(fromFile(settings));
        required(settings, kafka, ClusterSettings.BOOTSTRAP_SERVERS, "bootstrap.servers", "host:port of a broker");
        required(
                settings,
                kafka,
                ClusterSettings.SCHEMA_REGISTRY_URL,
                "schema.registry.url",
                "the URL of a schema registry");
        return kafka;
    }

    private static void required(
            Settings settings, Map<String, String> kafka, dev.weir.settings.Setting setting, String name, String what) {
        String given = settings.text(setting);
        if (!given.isEmpty()) {
            kafka.put(name, given);
        } else if (!kafka.containsKey(name)) {
            settings.problem(setting, "give " + what);
        }
    }

    private static Map<String, String> fromFile(Settings settings) {
        String path = settings.text(ClusterSettings.KAFKA_CONFIG);
        if (path.isEmpty()) {
            return Map.of();
        }
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of(path))) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException unreadable) {
            settings.problem(ClusterSettings.KAFKA_CONFIG, "use a properties file that can be read");
        }
        Map<String, String> all = new HashMap<>();
        properties.stringPropertyNames().forEach(name -> all.put(name, properties.getProperty(name)));
        return all;
    }

    private static String[] advertised(Settings settings, HttpOptions http) {
        String given = settings.text(ServerSettings.ADVERTISED_HOST);
        int colon = given.lastIndexOf(':');
        String host = given.isEmpty() ? http.host() : colon < 0 ? given : given.substring(0, colon);
        String port = colon < 0 ? Integer.toString(http.port()) : given.substring(colon + 1);
        if (!port.matches("\\d{1,5}")) {
            settings.problem(ServerSettings.ADVERTISED_HOST, "use host, or host:port");
            return new String[] {host, "0"};
        }
        return new String[] {host, port};
    }

    private static String builtVersion() {
        String version = ServerConfig.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
