package dev.weir.standalone;

import dev.weir.api.ServerConfig;
import dev.weir.api.WeirServer;
import dev.weir.embedded.Loopback;
import dev.weir.embedded.StartFailure;
import dev.weir.schemas.TopicAdmin;
import dev.weir.schemas.TopicReport;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the topics, then starts weir's server over them. */
final class WeirServerStart implements Server.Start {
    private static final Logger LOG = LoggerFactory.getLogger(WeirServerStart.class);
    private static final Duration PATIENCE = Duration.ofSeconds(50);
    private static final int PAUSE_MILLIS = 20;

    @Override
    public Server start(Map<String, String> given, Runnable registryAnswers) {
        ServerConfig config = ServerConfig.from(given);
        try (Admin admin = Admin.create(Map.copyOf(config.kafka()))) {
            TopicReport report = new TopicAdmin(admin, PATIENCE).ensure(config.topics());
            if (!report.usable()) {
                throw new StartFailure(report.describe());
            }
            if (!report.describe().isEmpty()) {
                LOG.warn("event=topics-differ report=\"{}\"", report.describe());
            }
        }
        WeirServer server = WeirServer.startBeside(config, registryAnswers);
        Running running = new Running(server);
        try {
            running.awaitReady();
            return running;
        } catch (StartFailure failed) {
            running.close();
            throw failed;
        }
    }

    private record Running(WeirServer server) implements Server {
        @Override
        public String url() {
            return "http://" + Loopback.HOST + ":" + server.port();
        }

        @Override
        public Optional<String> failure() {
            return server.failure();
        }

        /** Its stores are read back first; how long that takes is up to how much a killed node had not yet written. */
        private void awaitReady() {
            long patience = System.nanoTime() + PATIENCE.toNanos();
            while (!isReady() && System.nanoTime() < patience) {
                failure().ifPresent(why -> {
                    throw new StartFailure(why);
                });
                try {
                    TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                    throw new StartFailure("Interrupted while the server was starting", stopped);
                }
            }
        }

        /** Asked for by HTTP once there is something to hear: a request in a Java that has just begun is dear. */
        private boolean isReady() {
            if (!server.ready()) {
                return false;
            }
            try {
                HttpURLConnection connection = (HttpURLConnection)
                        URI.create(url() + "/readyz").toURL().openConnection();
                connection.setConnectTimeout(1_000);
                connection.setReadTimeout(5_000);
                return connection.getResponseCode() == 200;
            } catch (IOException notYet) {
                return false;
            }
        }

        @Override
        public void close() {
            server.close();
        }
    }
}
