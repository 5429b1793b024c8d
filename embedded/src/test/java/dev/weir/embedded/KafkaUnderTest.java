package dev.weir.embedded;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.testcontainers.kafka.KafkaContainer;

/**
 * A Kafka for a test class. {@code @RegisterExtension static final KafkaUnderTest kafka = KafkaUnderTest.embedded()} gives
 * it the embedded broker; {@link OnEveryKafka} runs it on that one and on Apache's container.
 */
public final class KafkaUnderTest implements BeforeAllCallback, AfterAllCallback {
    /** Where the broker comes from. */
    private interface Source {
        Running start() throws Exception;
    }

    /** A started broker and how to end it. */
    private record Running(String bootstrapServers, AutoCloseable end) {}

    private final String name;
    private final Source source;
    private @Nullable Running running;

    private KafkaUnderTest(String name, Source source) {
        this.name = name;
        this.source = source;
    }

    public static KafkaUnderTest embedded() {
        return new KafkaUnderTest("embedded broker", () -> {
            Path directory = Files.createTempDirectory("kafka-under-test");
            EmbeddedBroker broker = EmbeddedBroker.start(BrokerOptions.in(directory.resolve("kafka")));
            return new Running(broker.bootstrapServers(), () -> {
                broker.close();
                FileTree.delete(directory);
            });
        });
    }

    static KafkaUnderTest container(String image) {
        return new KafkaUnderTest(image, () -> {
            KafkaContainer container = new KafkaContainer(image);
            container.start();
            return new Running(container.getBootstrapServers(), container);
        });
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        running = source.start();
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        if (running != null) {
            running.end().close();
        }
    }

    public String bootstrapServers() {
        return Objects.requireNonNull(running, "the broker runs while its test class does")
                .bootstrapServers();
    }

    /** The caller closes it. */
    public Admin admin() {
        return Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers()));
    }

    public void createTopic(String topic, int partitions, Map<String, String> settings) {
        try (Admin admin = admin()) {
            NewTopic wanted = new NewTopic(topic, Optional.of(partitions), Optional.empty()).configs(settings);
            admin.createTopics(List.of(wanted)).all().get();
        } catch (ExecutionException refused) {
            throw new IllegalStateException("Topic " + topic + " could not be created", refused.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
