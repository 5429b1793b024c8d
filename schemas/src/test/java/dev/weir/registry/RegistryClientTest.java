package dev.weir.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.registry.FakeRegistry.Answer;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;

class RegistryClientTest {
    private static final Schema SCHEMA =
            SchemaBuilder.record("A").fields().requiredString("a").endRecord();

    @Test
    void asksOnceForAnIdAndOnceForASchema() throws IOException {
        try (FakeRegistry registry = new FakeRegistry((asked, turn) -> new Answer(
                200, asked.path().contains("/ids/") ? Json.object("schema", SCHEMA.toString()) : "{\"id\":7}"))) {
            RegistryClient client = RegistryClient.from(registry.settings());

            for (int i = 0; i < 3; i++) {
                assertEquals(7, client.valueId("weir.lines", SCHEMA).orElseThrow());
                assertEquals(SCHEMA, client.byId(7));
            }

            assertEquals(
                    List.of("POST /subjects/weir.lines-value/versions", "GET /schemas/ids/7"),
                    registry.asked().stream()
                            .map(asked -> asked.method() + " " + asked.path())
                            .toList());
        }
    }

    @Test
    void asksTheNextRegistryWhenOneIsAwayAndStaysWithIt() throws IOException {
        try (FakeRegistry broken = new FakeRegistry((asked, turn) -> new Answer(503, ""));
                FakeRegistry registry = new FakeRegistry((asked, turn) -> new Answer(200, "{\"id\":7}"))) {
            Map<String, String> settings = new HashMap<>(registry.settings());
            settings.put("schema.registry.url", "http://127.0.0.1:1, " + broken.url() + "/," + registry.url());
            RegistryClient client = RegistryClient.from(settings);

            assertEquals(7, client.valueId("one", SCHEMA).orElseThrow());
            assertEquals(7, client.valueId("two", SCHEMA).orElseThrow());

            assertEquals(1, broken.asked().size());
            assertEquals(2, registry.asked().size());
        }
    }

    @Test
    void triesAgainAfterAPauseAndThenSaysThatTheRegistryIsAway() throws IOException {
        try (FakeRegistry registry =
                new FakeRegistry((asked, turn) -> turn < 2 ? new Answer(-1, "") : new Answer(200, "{\"id\":7}"))) {
            assertEquals(
                    7,
                    RegistryClient.from(registry.settings())
                            .valueId("t", SCHEMA)
                            .orElseThrow());
        }
        Map<String, String> nobody = Map.of(
                "schema.registry.url", "http://user:secret@127.0.0.1:1", "retries.wait.ms", "1", "max.retries", "1");

        WireException said = assertThrows(
                WireException.RegistryAway.class,
                () -> RegistryClient.from(nobody).byId(1));

        assertFalse(said.poison());
        assertTrue(message(said).startsWith("No schema registry answers at http://127.0.0.1:1 ("), message(said));
        assertFalse(message(said).contains("secret"));
    }

    @Test
    void saysWhyASubjectRefusesASchema() throws IOException {
        try (FakeRegistry registry = new FakeRegistry((asked, turn) ->
                new Answer(409, "{\"error_code\":409,\"message\":\"reader field a has no default\"}"))) {
            WireException said = assertThrows(
                    WireException.IncompatibleSubject.class,
                    () -> RegistryClient.from(registry.settings()).valueId("t", SCHEMA));

            assertEquals(
                    "Subject t-value refuses the schema as incompatible (reader field a has no default):"
                            + " upgrade what is older than this version first, or use another topic prefix"
                            + " (WEIR_TOPIC_PREFIX)",
                    said.getMessage());
            assertFalse(said.poison());
        }
    }

    @Test
    void asksOnlyOnceInAWhileForAnIdThatIsUnknown() throws IOException {
        long[] now = {0};
        try (FakeRegistry registry = new FakeRegistry(
                (asked, turn) -> new Answer(404, "{\"error_code\":40403,\"message\":\"Schema not found\"}"))) {
            RegistryConfig config = RegistryConfig.from(registry.settings());
            RegistryClient client =
                    new RegistryClient(config, new HttpSchemaStore(new RegistryHttp(config)), () -> now[0]);

            for (int i = 0; i < 100; i++) {
                assertTrue(assertThrows(WireException.UnknownSchemaId.class, () -> client.byId(9))
                        .poison());
            }
            now[0] = 6_000_000_000L;
            assertThrows(WireException.UnknownSchemaId.class, () -> client.byId(9));

            assertEquals(2, registry.asked().size());
        }
    }

    @Test
    void doesNotTakeAPageOfHtmlForAnUnknownId() throws IOException {
        try (FakeRegistry registry = new FakeRegistry((asked, turn) -> new Answer(404, "<html>no such page</html>"))) {
            WireException said = assertThrows(
                    WireException.RegistryRefused.class,
                    () -> RegistryClient.from(registry.settings()).byId(9));

            assertFalse(said.poison());
            assertEquals(
                    "The schema registry refused GET /schemas/ids/9 (HTTP 404, no message): check the path in"
                            + " schema.registry.url; for Apicurio it ends in /apis/ccompat/v7",
                    said.getMessage());
        }
    }

    @Test
    void saysThatKeysAreMissing() throws IOException {
        try (FakeRegistry registry = new FakeRegistry((asked, turn) -> new Answer(401, "{\"message\":\"who?\"}"))) {
            WireException said = assertThrows(
                    WireException.RegistryRefused.class,
                    () -> RegistryClient.from(registry.settings()).byId(9));

            assertTrue(message(said).contains("set basic.auth.user.info or bearer.auth.token"), message(said));
            assertEquals(1, registry.asked().size(), "a refusal is not tried again");
        }
    }

    @Test
    void showsItsCredentialsInEachOfConfluentsWays() throws IOException {
        try (FakeRegistry registry = new FakeRegistry((asked, turn) -> new Answer(200, "{\"id\":7}"))) {
            ask(registry, Map.of("basic.auth.credentials.source", "USER_INFO", "basic.auth.user.info", "me:pw"));
            ask(registry, Map.of("schema.registry.url", registry.url().replace("//", "//me:pw@")));
            ask(
                    registry,
                    Map.of(
                            "basic.auth.credentials.source",
                            "SASL_INHERIT",
                            "sasl.jaas.config",
                            "org.example.PlainLoginModule required username=\"me\" password=\"pw\";"));
            ask(registry, Map.of("bearer.auth.credentials.source", "STATIC_TOKEN", "bearer.auth.token", "t0ken"));
            ask(registry, Map.of());

            assertEquals(
                    List.of("Basic bWU6cHc=", "Basic bWU6cHc=", "Basic bWU6cHc=", "Bearer t0ken", "null"),
                    registry.asked().stream()
                            .map(asked -> String.valueOf(asked.authorization()))
                            .toList());
        }
    }

    private static void ask(FakeRegistry registry, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(registry.settings());
        settings.putAll(more);
        RegistryClient.from(settings).valueId("t", SCHEMA);
    }

    @Test
    void registersNothingIfItMayNot() throws IOException {
        try (FakeRegistry registry = new FakeRegistry(
                (asked, turn) -> new Answer(404, "{\"error_code\":40401,\"message\":\"Subject not found\"}"))) {
            Map<String, String> settings = new HashMap<>(registry.settings());
            settings.put("auto.register.schemas", "false");

            WireException said = assertThrows(
                    WireException.UnregisteredSchema.class,
                    () -> RegistryClient.from(settings).valueId("t", SCHEMA));

            assertEquals(
                    "Subject t-value has no schema A: register it, or set auto.register.schemas=true",
                    said.getMessage());
            assertEquals("/subjects/t-value", registry.asked().get(0).path());
        }
    }

    @Test
    void goesOnIfOnlyAdministratorsMayHoldSubjectsToALevel() throws IOException {
        try (FakeRegistry registry =
                new FakeRegistry((asked, turn) -> asked.method().equals("PUT")
                        ? new Answer(403, "{\"message\":\"administrators only\"}")
                        : new Answer(200, "{\"id\":7}"))) {
            String said = RegistryClient.from(registry.settings())
                    .prepareValue("t", SCHEMA, "BACKWARD_TRANSITIVE")
                    .orElseThrow();

            assertTrue(said.endsWith("; subject t-value is not held to BACKWARD_TRANSITIVE"), said);
        }
    }

    @Test
    void reportsEverythingThatIsWrongWithItsSettingsAtOnce() {
        Map<String, String> settings = Map.of(
                "schema.registry.url", "ftp://x",
                "auto.register.schemas", "maybe",
                "max.retries", "-1",
                "value.subject.name.strategy", "io.confluent.kafka.serializers.subject.RecordNameStrategy",
                "basic.auth.credentials.source", "USER_INFO",
                "bearer.auth.credentials.source", "OAUTHBEARER");

        String said = message(assertThrows(ConfigException.class, () -> RegistryClient.from(settings)));

        assertEquals(6, said.lines().count(), said);
        assertTrue(said.contains("schema.registry.url has 'ftp://x': use http:// or https:// with a host"), said);
        assertTrue(said.contains("auto.register.schemas is 'maybe': use true or false"), said);
    }

    private static String message(Exception said) {
        return Objects.requireNonNull(said.getMessage());
    }
}
