package dev.weir.embedded;

import java.net.BindException;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.jspecify.annotations.Nullable;

/**
 * A real KRaft broker and controller in this process, on loopback. Its data outlives it, also when the process is
 * killed. Two may not share a directory; Kafka's own lock refuses the second.
 */
public final class EmbeddedBroker implements AutoCloseable {
    private static final int ATTEMPTS = 5;
    private final KafkaRaftServer server;
    private final int port;

    private EmbeddedBroker(KafkaRaftServer server, int port) {
        this.server = server;
        this.port = port;
    }

    /** Returns when the broker answers. */
    public static EmbeddedBroker start(BrokerOptions options) {
        if (options.port() != 0 && Loopback.isTaken(options.port())) {
            throw new StartFailure("Port " + options.port() + ", which the broker should listen on, is taken: stop what"
                    + " listens there, or choose another port");
        }
        for (int attempt = 1; ; attempt++) {
            try {
                return attempt(options);
            } catch (RuntimeException failed) {
                // Free ports were looked up a moment before: another process may have been faster.
                if (!isBindFailure(failed) || attempt == ATTEMPTS) {
                    throw failed;
                }
            }
        }
    }

    private static EmbeddedBroker attempt(BrokerOptions options) {
        int port = options.port() != 0 ? options.port() : Loopback.freePort();
        Map<String, String> settings = BrokerSettings.of(options, port, Loopback.freePort());
        BrokerDirectory directory = new BrokerDirectory(options.directory());
        directory.formatOnFirstUse(settings);
        boolean killed = directory.wasKilled();
        KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(settings), Time.SYSTEM);
        try {
            server.startup();
            if (killed) {
                HangingTransactions.end(port);
            }
        } catch (RuntimeException | Error failed) {
            server.shutdown();
            throw failed;
        }
        return new EmbeddedBroker(server, port);
    }

    private static boolean isBindFailure(@Nullable Throwable failure) {
        return failure != null && (failure instanceof BindException || isBindFailure(failure.getCause()));
    }

    public String bootstrapServers() {
        return Loopback.HOST + ":" + port;
    }

    public int port() {
        return port;
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }
}
