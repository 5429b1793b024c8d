package dev.weir.cli.net;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** What a producer must know of a node: where Kafka and the registry are, and what the lines topic is called. */
public record Node(String bootstrapServers, String registryUrl, String linesTopic) {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** Asks the node at this address; empty if none answers there yet. */
    public static Optional<Node> at(URI url, Map<String, String> headers) {
        try {
            Http.Answer answer = Http.get(url.resolve("/v1/node"), headers, PATIENCE);
            if (!answer.ok()) {
                return Optional.empty();
            }
            Json json = Json.parse(answer.body());
            String lines = json.get("topics").get("lines").text();
            return Optional.of(new Node(
                    json.get("bootstrapServers").text(),
                    json.get("schemaRegistryUrl").text(),
                    lines.isEmpty() ? "weir.lines" : lines));
        } catch (IOException | IllegalArgumentException notThere) {
            return Optional.empty();
        }
    }
}
