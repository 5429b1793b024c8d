package dev.weir.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.embedded.Await;
import dev.weir.embedded.Loopback;
import dev.weir.embedded.ProcessMark;
import dev.weir.standalone.NodeUnderTest.Said;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node's life and its accidents, as a user sees them. */
class NodeIT {
    @TempDir
    Path temporary;

    @Test
    void comesUpTellsHowItIsAndLeavesNothingRunning() throws Exception {
        try (NodeUnderTest node = node(Map.of())) {
            Said up = node.up("--partitions", "3");
            assertEquals(0, up.code(), up.text());

            JsonNode status = node.status();
            assertEquals("ready", status.path("state").asText());
            assertTrue(status.path("memory").path("nodeBytes").asLong() > 50_000_000, status.toString());
            assertTrue(status.path("memory").path("registryBytes").asLong() > 50_000_000, status.toString());
            assertTrue(status.path("disk").path("usedBytes").asLong() > 0, status.toString());
            assertTrue(topics(status).contains("weir.lines"), topics(status).toString());

            assertEquals(0, node.down().code());
            assertEquals("stopped", node.status().path("state").asText());
            NodeUnderTest.awaitEnd(status.path("pid").asLong());
            assertFalse(Files.exists(temporary.resolve("state/registry/registry.pid")));
            assertFalse(Files.exists(temporary.resolve("state/node.properties")));
            assertFalse(Files.exists(temporary.resolve("state/tmp")));
        }
    }

    @Test
    void recoversFromAKillAndKeepsTheIdsOfSchemas() throws Exception {
        try (NodeUnderTest node = node(Map.of())) {
            node.up();
            JsonNode before = node.status();
            String id = register(before, "words", "\\\"string\\\"");
            ProcessMark registry = registry();

            NodeUnderTest.kill(before.path("pid").asLong());

            NodeUnderTest.awaitEnd(registry.pid());
            assertEquals("killed", node.status().path("state").asText());
            Said up = node.up();
            assertEquals(0, up.code(), up.text());
            assertTrue(up.text().contains("was killed: recovering"), up.text());
            JsonNode after = node.status();
            assertNotEquals(before.path("pid").asLong(), after.path("pid").asLong());
            assertEquals(id, register(after, "words", "\\\"string\\\""));
            assertTrue(topics(after).contains("weir.lines"));
            // Who was told where it is, such as a command that still runs, finds it there again.
            for (String address : List.of("url", "bootstrapServers", "schemaRegistryUrl")) {
                assertEquals(before.path(address), after.path(address));
            }
        }
    }

    @Test
    void startsARegistryThatDiedAgain() throws Exception {
        try (NodeUnderTest node = node(Map.of())) {
            node.up();
            JsonNode status = node.status();
            String id = register(status, "words", "\\\"string\\\"");
            ProcessMark first = registry();

            NodeUnderTest.kill(first.pid());

            Await.until(
                    "the registry answers again",
                    () -> id.equals(register(status, "words", "\\\"string\\\""))
                            && !registry().equals(first));
        }
    }

    @Test
    void tidiesUpAfterANodeThatWasKilled() throws Exception {
        try (NodeUnderTest node = node(Map.of())) {
            node.up();
            ProcessMark registry = registry();
            NodeUnderTest.kill(node.status().path("pid").asLong());

            Said down = node.down();

            assertEquals(0, down.code(), down.text());
            assertTrue(down.text().contains("had been killed"), down.text());
            assertTrue(registry.running().isEmpty());
            assertEquals("stopped", node.status().path("state").asText());
        }
    }

    @Test
    void endsWhenItsStateDirectoryIsTakenFromUnderIt() throws Exception {
        try (NodeUnderTest node = node(Map.of())) {
            node.up();
            JsonNode before = node.status();
            String id = register(before, "words", "\\\"string\\\"");
            ProcessMark registry = registry();
            Path aside = temporary.resolve("aside");

            Files.move(temporary.resolve("state"), aside);

            NodeUnderTest.awaitEnd(before.path("pid").asLong());
            NodeUnderTest.awaitEnd(registry.pid());
            Files.move(aside, temporary.resolve("state"));
            Said up = node.up();
            assertEquals(0, up.code(), up.text());
            assertEquals(id, register(node.status(), "words", "\\\"string\\\""));
        }
    }

    @Test
    void makesOneNodeOfTwoStartsAtOnceAndRefusesAThirdInTheForeground() {
        try (NodeUnderTest node = node(Map.of())) {
            CompletableFuture<Said> first = CompletableFuture.supplyAsync(node::up);
            CompletableFuture<Said> second = CompletableFuture.supplyAsync(node::up);
            assertEquals(0, first.join().code(), first.join().text());
            assertEquals(0, second.join().code(), second.join().text());
            JsonNode status = node.status();

            Said third = node.command(List.of("up", "--port", "0", "--kafka-port", "0", "--registry-port", "0"));

            assertEquals(1, third.code(), third.text());
            assertTrue(third.text().contains("A node already runs on"), third.text());
            assertTrue(third.text().contains("process " + status.path("pid").asLong()), third.text());
            assertTrue(third.text().contains("--state-dir"), third.text());
        }
    }

    @Test
    void namesEveryPortThatIsTaken() throws Exception {
        try (NodeUnderTest node = node(Map.of());
                ServerSocket one = occupied();
                ServerSocket other = occupied()) {
            Said up = node.up("--kafka-port", "" + one.getLocalPort(), "--registry-port", "" + other.getLocalPort());

            assertEquals(1, up.code(), up.text());
            assertTrue(up.text().contains("--kafka-port " + one.getLocalPort()), up.text());
            assertTrue(up.text().contains("--registry-port " + other.getLocalPort()), up.text());
            assertEquals("failed", node.status().path("state").asText());
        }
    }

    @Test
    void saysWhatToDoWithADirectoryFormattedByHalf() throws Exception {
        Path kafka = Files.createDirectories(temporary.resolve("state/kafka"));
        Files.writeString(kafka.resolve("bootstrap.checkpoint"), "half");
        try (NodeUnderTest node = node(Map.of())) {
            Said up = node.up();

            assertEquals(1, up.code(), up.text());
            assertTrue(up.text().contains("formatted by half"), up.text());
            assertFalse(Files.exists(temporary.resolve("state/registry/registry.pid")));
        }
    }

    @Test
    void doesNotStartOnADiskThatIsFull() {
        try (NodeUnderTest node = node(Map.of("WEIR_DISK_LEAST", "900000GiB"))) {
            Said up = node.up();

            assertEquals(1, up.code(), up.text());
            assertTrue(up.text().contains("free some"), up.text());
        }
    }

    /** The record and the registry's mark of a killed node name an id that by now belongs to someone else: this test. */
    @Test
    void neverKillsAProcessThatWasGivenAKilledNodesId() throws Exception {
        Path state = Files.createDirectories(temporary.resolve("state"));
        long stranger = ProcessHandle.current().pid();
        ProcessMark mark = new ProcessMark(stranger, Instant.EPOCH);
        Files.writeString(state.resolve("node.properties"), "state=READY\nprocess=" + stranger + " 0\n");
        mark.write(Files.createDirectories(state.resolve("registry")).resolve("registry.pid"));
        try (NodeUnderTest node = node(Map.of())) {
            Said up = node.up();
            assertEquals(0, up.code(), up.text());
            assertEquals(0, node.down().code());
        }

        assertTrue(ProcessHandle.current().isAlive());
    }

    @Test
    void namesAFlagAsItWasTyped() {
        Said up = node(Map.of()).up("--kafka-port", "eighty");

        assertEquals(2, up.code(), up.text());
        assertTrue(up.text().contains("--kafka-port is 'eighty': use a whole number from 0 to 65535"), up.text());
    }

    private NodeUnderTest node(Map<String, String> environment) {
        return new NodeUnderTest(temporary.resolve("state"), environment);
    }

    private ProcessMark registry() {
        return ProcessMark.read(temporary.resolve("state/registry/registry.pid"))
                .orElseThrow();
    }

    private static ServerSocket occupied() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getByName(Loopback.HOST));
    }

    private static Set<String> topics(JsonNode status) throws Exception {
        try (Admin admin = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                status.path("bootstrapServers").asText()))) {
            return admin.listTopics().names().get();
        }
    }

    /** Answers with the id. */
    private static String register(JsonNode status, String subject, String schema)
            throws IOException, InterruptedException {
        URI address = URI.create(status.path("schemaRegistryUrl").asText() + "/subjects/" + subject + "/versions");
        HttpRequest request = HttpRequest.newBuilder(address)
                .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"schema\":\"" + schema + "\"}"))
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertEquals(200, answer.statusCode(), answer.body());
        return answer.body();
    }
}
