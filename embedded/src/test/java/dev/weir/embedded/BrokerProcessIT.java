package dev.weir.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerProcessIT {
    @TempDir
    Path temporary;

    @Test
    void keepsItsTopicsAndItsPortWhenItIsKilled() throws Exception {
        BrokerOptions options = BrokerOptions.in(temporary.resolve("kafka"));
        BrokerProcess first = BrokerProcess.start(options);
        try (Admin admin = admin(first)) {
            admin.createTopics(List.of(new NewTopic("kept", Optional.of(3), Optional.empty())))
                    .all()
                    .get();
        }

        first.kill();

        try (BrokerProcess second = BrokerProcess.start(options.withPort(first.port()));
                Admin admin = admin(second)) {
            assertEquals(first.bootstrapServers(), second.bootstrapServers());
            assertEquals(Set.of("kept"), admin.listTopics().names().get());
        }
    }

    @Test
    void throwsAwayAFormattingThatWasKilled() throws Exception {
        Path directory = temporary.resolve("kafka");
        Files.createDirectories(temporary.resolve("kafka.formatting"));
        Files.writeString(temporary.resolve("kafka.formatting").resolve("bootstrap.checkpoint"), "half");

        EmbeddedBroker.start(BrokerOptions.in(directory)).close();

        assertTrue(Files.exists(directory.resolve("meta.properties")));
        assertTrue(Files.notExists(temporary.resolve("kafka.formatting")));
    }

    @Test
    void saysWhatToDoWithADirectoryFormattedByHalf() throws Exception {
        Path directory = Files.createDirectories(temporary.resolve("kafka"));
        Files.writeString(directory.resolve("bootstrap.checkpoint"), "half");

        StartFailure refused =
                Assertions.assertThrows(StartFailure.class, () -> EmbeddedBroker.start(BrokerOptions.in(directory)));

        assertTrue(refused.toString().contains("formatted by half"), refused.toString());
        assertTrue(refused.toString().contains("Move it away"), refused.toString());
    }

    private static Admin admin(BrokerProcess broker) {
        return Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()));
    }
}
