package dev.weir.embedded;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What may differ from one embedded broker to another.
 *
 * @param port 0 takes any free one
 * @param settings broker settings, laid over the ones for one small node
 */
public record BrokerOptions(Path directory, int port, Map<String, String> settings) {
    public BrokerOptions {
        settings = Map.copyOf(settings);
    }

    public static BrokerOptions in(Path directory) {
        return new BrokerOptions(directory, 0, Map.of());
    }

    public BrokerOptions withPort(int other) {
        return new BrokerOptions(directory, other, settings);
    }

    public BrokerOptions with(String setting, String value) {
        Map<String, String> more = new LinkedHashMap<>(settings);
        more.put(setting, value);
        return new BrokerOptions(directory, port, more);
    }
}
