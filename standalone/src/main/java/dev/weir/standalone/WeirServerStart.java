package dev.weir.standalone;

import dev.weir.schemas.TopicAdmin;
import dev.weir.schemas.TopicSettings;
import dev.weir.settings.Settings;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/** Makes the topics; the server itself follows. */
final class WeirServerStart implements Server.Start {
    @Override
    public Server start(NodeSettings node, Settings settings, String bootstrapServers, String schemaRegistryUrl) {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
            new TopicAdmin(admin, Duration.ofSeconds(20)).ensure(TopicSettings.from(settings));
        }
        return new Server() {
            @Override
            public String url() {
                return "http://127.0.0.1:" + node.port();
            }

            @Override
            public void close() {}
        };
    }
}
