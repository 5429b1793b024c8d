package dev.weir.api;

import dev.weir.api.hooks.HookOptions;
import dev.weir.api.http.HttpOptions;
import dev.weir.api.keys.KeyText;
import dev.weir.api.mcp.McpOptions;
import dev.weir.api.runs.SnapshotSettings;
import dev.weir.mcp.Tools;
import dev.weir.schemas.ClusterProperties;
import dev.weir.schemas.ClusterSettings;
import dev.weir.schemas.TopicSettings;
import dev.weir.schemas.ValueSerdes;
import dev.weir.settings.Folders;
import dev.weir.settings.Setting;
import dev.weir.settings.Settings;
import dev.weir.topology.TopologySettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Everything a server needs to know, read once and checked before anything starts. */
public record ServerConfig(
        HttpOptions http,
        TopicSettings topics,
        TopologySettings topology,
        SnapshotSettings snapshots,
        Map<String, String> kafka,
        ValueSerdes values,
        Optional<KeyText> adminKey,
        int streams,
        int lineReaders,
        Duration queryTime,
        String compression,
        String version,
        McpOptions mcp,
        HookOptions hooks) {

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
                        topology.retention().toMillis(), topology.quietAfter().toMillis(), (int)
                                Math.min(1 << 28, settings.bytes(ServerSettings.RAW_BYTES))),
                kafka,
                ValueSerdes.from(settings, kafka),
                adminKey(settings),
                settings.integer(ServerSettings.HTTP_STREAMS, 10, 100_000),
                settings.integer(ServerSettings.LINE_READERS, 2, 1_000),
                settings.duration(ServerSettings.QUERY_TIME),
                settings.text(ClusterSettings.COMPRESSION),
                builtVersion(),
                mcp(settings),
                hooks(settings, http, Folders.state(given)));
        settings.check();
        return config;
    }

    private static McpOptions mcp(Settings settings) {
        String text = settings.text(ServerSettings.MCP_TEXT);
        if (!text.equals("short") && !text.equals("full")) {
            settings.problem(ServerSettings.MCP_TEXT, "use short or full");
        }
        return new McpOptions(
                settings.flag(ServerSettings.MCP_WAKE),
                Arrays.stream(settings.text(ServerSettings.MCP_ROOTS).split(","))
                        .map(String::strip)
                        .filter(folder -> !folder.isEmpty())
                        .map(Path::of)
                        .toList(),
                text.equals("full") ? Tools.Text.FULL : Tools.Text.SHORT);
    }

    private static HookOptions hooks(Settings settings, HttpOptions http, Path state) {
        HookOptions.Commands commands = switch (settings.text(ServerSettings.HOOKS_COMMANDS)) {
            // Who runs a server for others is not who uses it.
            case "owner" -> http.loopback() ? HookOptions.Commands.OWNER : HookOptions.Commands.NOBODY;
            case "true" -> HookOptions.Commands.ANYBODY;
            case "false" -> HookOptions.Commands.NOBODY;
            default -> {
                settings.problem(ServerSettings.HOOKS_COMMANDS, "use owner, true or false");
                yield HookOptions.Commands.NOBODY;
            }
        };
        return new HookOptions(settings.flag(ServerSettings.HOOKS_PRIVATE), commands, state);
    }

    private static Optional<KeyText> adminKey(Settings settings) {
        String given = settings.text(ServerSettings.ADMIN_KEY);
        Optional<KeyText> key = KeyText.parse(given);
        if (!given.isEmpty() && key.isEmpty()) {
            // Not by Settings.problem, which would print the value.
            throw new IllegalArgumentException(ServerSettings.ADMIN_KEY.variable()
                    + " is no key of weir's: give one that ServerMain new-key printed");
        }
        return key;
    }

    private static HttpOptions http(Settings settings) {
        return new HttpOptions(
                settings.text(ServerSettings.HTTP_HOST),
                settings.integer(ServerSettings.HTTP_PORT, 0, 65_535),
                names(settings.text(ServerSettings.HTTP_HOSTS) + "," + settings.text(ServerSettings.ADVERTISED_HOST)),
                settings.integer(ServerSettings.HTTP_CONNECTIONS, 10, 100_000),
                settings.integer(ServerSettings.HTTP_THREADS, 8, 10_000),
                new HttpOptions.Patience(
                        settings.duration(ServerSettings.HTTP_IDLE),
                        settings.duration(ServerSettings.HTTP_HEADER),
                        settings.duration(ServerSettings.HTTP_BODY)),
                settings.bytes(ServerSettings.HTTP_BODY_BYTES));
    }

    /** Servers call each other by what they advertise, so that is ours, too. */
    private static Set<String> names(String list) {
        return Arrays.stream(list.split(","))
                .map(name -> name.strip().toLowerCase(Locale.ROOT).replaceFirst(":\\d+$", ""))
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Map<String, String> kafka(Settings settings) {
        Map<String, String> kafka = ClusterProperties.from(settings);
        required(settings, kafka, ClusterSettings.BOOTSTRAP_SERVERS, ClusterProperties.BOOTSTRAP_SERVERS);
        required(settings, kafka, ClusterSettings.SCHEMA_REGISTRY_URL, ClusterProperties.SCHEMA_REGISTRY_URL);
        return kafka;
    }

    private static void required(Settings settings, Map<String, String> kafka, Setting setting, String name) {
        if (!kafka.containsKey(name)) {
            settings.problem(setting, "a server needs it: give " + setting.unit());
        }
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
