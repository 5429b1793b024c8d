package dev.weir.standalone;

import dev.weir.embedded.Loopback;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The free ports a node found the last time, which it takes again: whoever was told them, a command that still runs or the
 * broker that knows stream threads by theirs, finds the node that comes back after a crash.
 */
final class LastPorts {
    private static final Logger LOG = LoggerFactory.getLogger(LastPorts.class);

    private final Path file;
    private final Properties last = new Properties();

    LastPorts(StateDirectory directory) {
        this.file = directory.ports();
        if (Files.exists(file)) {
            try (Reader in = Files.newBufferedReader(file)) {
                last.load(in);
            } catch (IOException | IllegalArgumentException unreadable) {
                LOG.warn("event=ports-not-read file={} reason=\"{}\"", file, unreadable.toString());
            }
        }
    }

    int server(int asked) {
        return instead(asked, "server");
    }

    int kafka(int asked) {
        return instead(asked, "kafka");
    }

    int registry(int asked) {
        return instead(asked, "registry");
    }

    /** The port asked for; if any will do, the last one unless it is taken by now. */
    private int instead(int asked, String name) {
        if (asked != 0) {
            return asked;
        }
        try {
            int port = Integer.parseInt(last.getProperty(name, "0"));
            return port == 0 || Loopback.isTaken(port) ? 0 : port;
        } catch (IllegalArgumentException edited) {
            return 0;
        }
    }

    static void remember(StateDirectory directory, NodeRecord.Addresses at) {
        Properties now = new Properties();
        Map.of("server", at.url(), "kafka", "kafka://" + at.bootstrapServers(), "registry", at.schemaRegistryUrl())
                .forEach((name, url) ->
                        now.setProperty(name, Integer.toString(URI.create(url).getPort())));
        try (Writer out = Files.newBufferedWriter(directory.ports())) {
            now.store(out, null);
        } catch (IOException unwritable) {
            LOG.warn("event=ports-not-remembered file={} reason=\"{}\"", directory.ports(), unwritable.toString());
        }
    }
}
