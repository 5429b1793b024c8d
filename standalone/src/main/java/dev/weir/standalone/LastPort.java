package dev.weir.standalone;

import dev.weir.embedded.Loopback;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The free port a node found for its server the last time, which it takes again. Its stream threads are known to the broker
 * by that port: under a new one they would have to wait until the old ones are given up for dead.
 */
final class LastPort {
    private static final Logger LOG = LoggerFactory.getLogger(LastPort.class);
    private final Path file;

    LastPort(StateDirectory directory) {
        this.file = directory.path().resolve("node.port");
    }

    /** The port asked for; if any will do, the last one unless it is taken by now. */
    int instead(int asked) {
        if (asked != 0) {
            return asked;
        }
        try {
            int last = Integer.parseInt(Files.readString(file).strip());
            return Loopback.isTaken(last) ? 0 : last;
        } catch (IOException | NumberFormatException firstTime) {
            return 0;
        }
    }

    void remember(String url) {
        try {
            Files.writeString(file, url.substring(url.lastIndexOf(':') + 1));
        } catch (IOException unwritable) {
            LOG.warn("event=port-not-remembered file={} reason=\"{}\"", file, unwritable.toString());
        }
    }
}
