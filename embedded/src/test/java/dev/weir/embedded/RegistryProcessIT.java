package dev.weir.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryProcessIT {
    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    Path directory;

    @Test
    void keepsItsSchemasAndIdsWhenItIsKilled() throws Exception {
        RegistryProcess first = RegistryProcess.start(directory, 0);
        String one = register(first, "one", "\\\"string\\\"");
        String two = register(first, "two", "\\\"bytes\\\"");

        first.kill();

        try (RegistryProcess second = RegistryProcess.start(directory, first.port())) {
            assertEquals(two, register(second, "two", "\\\"bytes\\\""));
            assertEquals(one, register(second, "one", "\\\"string\\\""));
            assertTrue(get(second, "/subjects/two/versions/1").contains(two.replaceAll("[{}]", "")));
        }
    }

    @Test
    void namesThePortThatIsTaken() throws Exception {
        try (var occupant = new java.net.ServerSocket(0, 1, java.net.InetAddress.getByName(Loopback.HOST))) {
            StartFailure refused = Assertions.assertThrows(
                    StartFailure.class, () -> RegistryProcess.start(directory, occupant.getLocalPort()));

            assertTrue(refused.toString().contains("Port " + occupant.getLocalPort()), refused.toString());
        }
    }

    /** Answers {@code {"id":1}}. */
    private String register(RegistryProcess registry, String subject, String schema)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(registry.url() + "/subjects/" + subject + "/versions"))
                .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"schema\":\"" + schema + "\"}"))
                .build();
        HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        assertEquals(200, answer.statusCode(), answer.body());
        return answer.body();
    }

    private String get(RegistryProcess registry, String path) throws IOException, InterruptedException {
        return client.send(
                        HttpRequest.newBuilder(URI.create(registry.url() + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
