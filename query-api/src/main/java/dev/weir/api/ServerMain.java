package dev.weir.api;

import dev.weir.api.keys.KeyText;
import dev.weir.schemas.TopicAdmin;
import dev.weir.schemas.TopicReport;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.admin.Admin;

/** A server on its own, over a Kafka that somebody else runs: for containers. Configured by the environment. */
public final class ServerMain {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private ServerMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        if (arguments.length == 1 && arguments[0].equals("new-key")) {
            System.out.println(KeyText.create(new SecureRandom()).text());
            return;
        }
        ServerConfig config;
        try {
            config = ServerConfig.from(System.getenv());
        } catch (IllegalArgumentException problems) {
            System.err.println(problems.getMessage());
            System.exit(2);
            return;
        }
        try (Admin admin = Admin.create(Map.copyOf(config.kafka()))) {
            TopicReport report = new TopicAdmin(admin, PATIENCE).ensure(config.topics());
            if (!report.describe().isEmpty()) {
                System.err.println(report.describe());
            }
            if (!report.usable()) {
                System.exit(1);
                return;
            }
        }
        WeirServer server = WeirServer.start(config);
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            server.close();
            stopped.countDown();
        }));
        System.err.println("weir answers at http://" + config.http().host() + ":" + server.port());
        stopped.await();
    }
}
