package dev.weir.cli;

import dev.weir.cli.net.Node;
import dev.weir.cli.net.Registry;
import dev.weir.cli.ship.HttpRoute;
import dev.weir.cli.ship.Route;
import dev.weir.cli.ship.Router;
import dev.weir.registry.SchemaTexts;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** The way to Kafka as configured: flags and environment first, then what the node says; a node is started if nobody is there. */
final class Endpoint implements Router {
    private final Connection connection;
    private final NodeStart nodeStart;
    private volatile String trouble = "";
    private @Nullable Ahead ahead;

    Endpoint(Connection connection, NodeStart nodeStart) {
        this.connection = connection;
        this.nodeStart = nodeStart;
    }

    /** Asks the node before there is anything to send: while a child is started, the answer comes by the way. */
    void askAhead() {
        if (asksNode()) {
            ahead = Ahead.ask(this::ask);
        }
    }

    @Override
    public Optional<Way> find(BooleanSupplier isBrief) {
        Node node;
        if (connection.overHttp()) {
            return overHttp();
        }
        if (asksNode()) {
            Optional<Node> asked = asked();
            if (asked.isEmpty()) {
                trouble = "no node answers at " + connection.url();
                if (!connection.configured()) {
                    nodeStart.begin();
                }
                return Optional.empty();
            }
            node = asked.get();
            if (isOpen() && isBrief.getAsBoolean()) {
                return Optional.of(new HttpRoute(connection.url(), connection.headers(), true));
            }
        } else {
            node = new Node("", "", connection.linesTopic());
        }
        return route(node);
    }

    private boolean asksNode() {
        return connection.overHttp()
                || connection.bootstrapServers().isEmpty()
                || connection.registryUrl().isEmpty();
    }

    private Optional<Node> asked() {
        Ahead first = ahead;
        ahead = null;
        return first == null ? ask() : first.answer();
    }

    private Optional<Node> ask() {
        return Node.at(connection.url(), connection.headers());
    }

    /**
     * Whether the node takes lines by HTTP for certain, as one does that nobody has configured. A run that is over before Kafka's
     * client would have begun goes that way: the server has a producer that runs.
     */
    private boolean isOpen() {
        return !connection.configured()
                && connection.key().isEmpty()
                && connection.kafkaConfig().isEmpty();
    }

    private Optional<Way> overHttp() {
        if (asked().isPresent()) {
            return Optional.of(new HttpRoute(connection.url(), connection.headers(), false));
        }
        trouble = "no node answers at " + connection.url();
        if (!connection.configured()) {
            nodeStart.begin();
        }
        return Optional.empty();
    }

    private Optional<Way> route(Node node) {
        String bootstrap = firstOf(connection.bootstrapServers(), node.bootstrapServers());
        String registry = firstOf(connection.registryUrl(), node.registryUrl());
        Map<String, String> kafka = connection.kafkaConfig();
        try {
            int id = schemaId(registry, kafka, node.linesTopic());
            return Optional.of(new Route(bootstrap, kafka, node.linesTopic(), id));
        } catch (IOException | IllegalArgumentException | KafkaException failure) {
            trouble = String.valueOf(failure.getMessage());
            return Optional.empty();
        }
    }

    private static int schemaId(String registry, Map<String, String> kafka, String topic) throws IOException {
        if (kafka.isEmpty()) {
            return Registry.idOf(registry, "", topic, schema());
        }
        // A file of the user's own may say anything that there is to say: TLS stores, tokens, not to register.
        Map<String, String> settings = new HashMap<>(kafka);
        settings.put("schema.registry.url", registry);
        return SchemaTexts.valueId(settings, topic, "RunRecord", schema());
    }

    /** What stood in the way the last time; empty if nothing did. */
    String trouble() {
        return nodeStart
                .trouble()
                .map(words -> trouble + "; starting one: " + words)
                .orElse(trouble);
    }

    NodeStart nodeStart() {
        return nodeStart;
    }

    URI url() {
        return connection.url();
    }

    private static String firstOf(String configured, String learnt) {
        return configured.isEmpty() ? learnt : configured;
    }

    private static String schema() throws IOException {
        try (InputStream in = Endpoint.class.getResourceAsStream("RunRecord.json")) {
            if (in == null) {
                throw new IOException("the schema of RunRecord is missing from this installation");
            }
            return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        }
    }
}
