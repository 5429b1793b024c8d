package dev.weir.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.embedded.RegistryProcess;
import dev.weir.schemas.RunStatus;
import dev.weir.schemas.Topics;
import dev.weir.schemas.ValueSerdes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The client against a registry that somebody else wrote. */
class ApicurioIT {
    private static final Schema ONE =
            SchemaBuilder.record("A").fields().requiredString("a").endRecord();
    private static final Schema WITH_DEFAULT = SchemaBuilder.record("A")
            .fields()
            .requiredString("a")
            .optionalString("b")
            .endRecord();
    private static final Schema WITHOUT_DEFAULT = SchemaBuilder.record("A")
            .fields()
            .requiredString("a")
            .requiredString("b")
            .endRecord();

    @TempDir
    static Path directory;

    private static @Nullable RegistryProcess registry;

    @BeforeAll
    static void start() {
        registry = RegistryProcess.start(directory, 0);
    }

    @AfterAll
    static void stop() {
        registry().close();
    }

    @Test
    void registersASchemaOnceAndFindsItByItsId() {
        int id = client(Map.of()).valueId("once", ONE).orElseThrow();

        assertEquals(id, client(Map.of()).valueId("once", ONE).orElseThrow());
        assertEquals(
                id,
                client(Map.of("auto.register.schemas", "false"))
                        .valueId("once", ONE)
                        .orElseThrow());
        assertEquals(ONE, client(Map.of()).byId(id));
    }

    @Test
    void knowsNothingOfAnIdThatItNeverGave() {
        assertThrows(WireException.UnknownSchemaId.class, () -> client(Map.of()).byId(987_654));
    }

    @Test
    void tellsAMissingSubjectFromAMissingSchema() {
        Map<String, String> mayNot = Map.of("auto.register.schemas", "false");
        client(Map.of()).valueId("other-schema", ONE);

        assertThrows(
                WireException.UnregisteredSchema.class, () -> client(mayNot).valueId("no-subject", ONE));
        assertThrows(
                WireException.UnregisteredSchema.class, () -> client(mayNot).valueId("other-schema", WITH_DEFAULT));
        assertThrows(
                WireException.UnregisteredSchema.class,
                () -> client(Map.of("use.latest.version", "true")).valueId("no-subject", ONE));
    }

    @Test
    void refusesAnIncompatibleVersionOnceTheSubjectIsPrepared() {
        RegistryClient client = client(Map.of());
        assertEquals(Optional.empty(), client.prepareValue("prepared", ONE, "BACKWARD_TRANSITIVE"));
        int first = client.valueId("prepared", ONE).orElseThrow();

        assertNotEquals(first, client.valueId("prepared", WITH_DEFAULT).orElseThrow());
        WireException said = assertThrows(
                WireException.IncompatibleSubject.class, () -> client.valueId("prepared", WITHOUT_DEFAULT));

        assertTrue(Objects.requireNonNull(said.getMessage()).startsWith("Subject prepared-value refuses the schema"));
    }

    @Test
    void writesAsTheLatestVersionSays() {
        client(Map.of()).valueId("latest", ONE);
        int latest = client(Map.of()).valueId("latest", WITH_DEFAULT).orElseThrow();
        RegistryClient client = client(Map.of("use.latest.version", "true"));

        assertEquals(latest, client.valueId("latest", WITH_DEFAULT).orElseThrow());
        assertTrue(client.valueId("latest", ONE).isEmpty());
    }

    @Test
    void takesTheSchemasOfAllTopics() {
        ValueSerdes serdes = ValueSerdes.own(settings(Map.of()));
        Topics topics = Topics.withPrefix("weir");

        assertEquals(List.of(), serdes.prepare(topics));
        assertEquals(List.of(), serdes.prepare(topics));

        int id = serdes.registry()
                .valueId(topics.runs(), RunStatus.getClassSchema())
                .orElseThrow();
        assertTrue(Layouts.same(RunStatus.getClassSchema(), client(Map.of()).byId(id)));
    }

    @Test
    void givesTheSameIdForASchemaAsItsFileHasIt() throws IOException {
        String file = Files.readString(Path.of("src/main/avro/RunStatus.avsc"));

        int ofFile = SchemaTexts.valueId(settings(Map.of()), "texts", "RunStatus", file);
        int ofText = SchemaTexts.valueId(
                settings(Map.of("auto.register.schemas", "false")),
                "texts",
                "RunStatus",
                SchemaTexts.of(RunStatus.getClassSchema()));

        assertEquals(ofFile, ofText);
        assertEquals(
                ofFile,
                client(Map.of()).valueId("texts", RunStatus.getClassSchema()).orElseThrow());
        assertFalse(client(Map.of()).byId(ofFile).toString().contains("avro.java.string"));
    }

    @Test
    void saysThatItIsAwayAndGoesOnWithTheSameIdsWhenItIsBack(@TempDir Path own) {
        RegistryProcess first = RegistryProcess.start(own, 0);
        Map<String, String> settings = Map.of("schema.registry.url", first.url(), "retries.wait.ms", "1");
        RegistryClient client = RegistryClient.from(settings);
        int id = client.valueId("survives", ONE).orElseThrow();

        first.kill();

        WireException said =
                assertThrows(WireException.RegistryAway.class, () -> client.valueId("survives", WITH_DEFAULT));
        assertFalse(said.poison());
        assertEquals(id, client.valueId("survives", ONE).orElseThrow(), "what is known needs no registry");
        try (RegistryProcess second = RegistryProcess.start(own, first.port())) {
            assertEquals(ONE, RegistryClient.from(settings).byId(id));
            assertNotEquals(id, client.valueId("survives", WITH_DEFAULT).orElseThrow());
            assertEquals(first.port(), second.port());
        }
    }

    private static RegistryProcess registry() {
        return Objects.requireNonNull(registry);
    }

    private static RegistryClient client(Map<String, String> more) {
        return RegistryClient.from(settings(more));
    }

    private static Map<String, String> settings(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(more);
        settings.put("schema.registry.url", registry().url());
        return settings;
    }
}
