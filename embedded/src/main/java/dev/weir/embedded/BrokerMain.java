package dev.weir.embedded;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The embedded broker in a process of its own; prints its port when it answers. Started by {@link BrokerProcess}. */
final class BrokerMain {
    private BrokerMain() {}

    /** Directory, port, then settings as {@code name=value}. */
    public static void main(String[] arguments) {
        ParentWatch.start();
        Map<String, String> settings = new LinkedHashMap<>();
        for (int i = 2; i < arguments.length; i++) {
            String[] parts = arguments[i].split("=", 2);
            settings.put(parts[0], parts[1]);
        }
        EmbeddedBroker broker = EmbeddedBroker.start(
                new BrokerOptions(Path.of(arguments[0]), Integer.parseInt(arguments[1]), settings));
        Runtime.getRuntime().addShutdownHook(new Thread(broker::close, "broker-close"));
        System.out.println(broker.port());
    }
}
