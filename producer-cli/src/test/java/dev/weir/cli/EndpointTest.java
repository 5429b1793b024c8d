package dev.weir.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.cli.ship.HttpRoute;
import dev.weir.cli.ship.Route;
import dev.weir.registry.SchemaTexts;
import dev.weir.schemas.RunRecord;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class EndpointTest {
    private static final Path GOLDEN = Path.of("src/main/resources/dev/weir/cli/RunRecord.json");

    @TempDir
    Path folder;

    /** Any other text would be another version in the registry. */
    @Test
    void registersTheVeryTextThatEveryOtherProducerRegisters() throws Exception {
        String text = SchemaTexts.of(RunRecord.getClassSchema());
        if ("update".equals(System.getProperty("weir.golden"))) {
            Files.writeString(GOLDEN, text);
        }

        try (InputStream in = Objects.requireNonNull(Endpoint.class.getResourceAsStream("RunRecord.json"))) {
            assertEquals(text, new String(in.readAllBytes(), UTF_8));
        }
    }

    @Test
    void takesARunThatIsOverAlreadyToTheNodeItself() throws Exception {
        try (FakeRegistry node = FakeRegistry.start()) {
            Endpoint endpoint = endpoint(node, Map.of());

            endpoint.askAhead();

            assertTrue(endpoint.find(() -> true).orElseThrow() instanceof HttpRoute);
        }
    }

    @Test
    void takesARunThatGoesOnToKafka() throws Exception {
        try (FakeRegistry node = FakeRegistry.start()) {
            Endpoint endpoint = endpoint(node, Map.of());

            Route route = (Route) endpoint.find(() -> false).orElseThrow();

            assertEquals("127.0.0.1:9", route.bootstrapServers());
            assertEquals(7, route.schemaId());
        }
    }

    /** Its keys may not let this user in where its Kafka does. */
    @Test
    void takesAnyRunToTheKafkaOfANodeThatIsNotItsOwn() throws Exception {
        try (FakeRegistry node = FakeRegistry.start()) {
            Endpoint named = endpoint(node, Map.of("WEIR_URL", node.url()));
            Endpoint keyed = endpoint(node, Map.of("WEIR_API_KEY", "k"));

            assertTrue(named.find(() -> true).orElseThrow() instanceof Route);
            assertTrue(keyed.find(() -> true).orElseThrow() instanceof Route);
        }
    }

    @Test
    void asksAgainWhereNobodyAnsweredAhead() throws Exception {
        Map<String, String> environment = environment();
        NodeStart nodeStart = new NodeStart(null, folder.resolve("node.log"));
        Endpoint endpoint = new Endpoint(Configuration.connection(environment, null), nodeStart);
        Files.writeString(folder.resolve("node.properties"), "url=http://127.0.0.1:9/\n");
        endpoint.askAhead();
        assertFalse(endpoint.find(() -> true).isPresent());

        try (FakeRegistry node = FakeRegistry.start()) {
            Files.writeString(folder.resolve("node.properties"), "url=" + node.url() + "/\n");

            assertTrue(endpoint.find(() -> true).isPresent());
        }
    }

    private Endpoint endpoint(FakeRegistry node, Map<String, String> more) throws Exception {
        Map<String, String> environment = environment();
        environment.putAll(more);
        Files.writeString(folder.resolve("node.properties"), "url=" + node.url() + "/\n");
        return new Endpoint(
                Configuration.connection(environment, null), new NodeStart(null, folder.resolve("node.log")));
    }

    private Map<String, String> environment() {
        return new HashMap<>(Map.of("WEIR_STATE_DIR", folder.toString()));
    }
}
