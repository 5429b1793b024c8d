package dev.weir.standalone;

import dev.weir.embedded.BrokerOptions;
import dev.weir.embedded.EmbeddedBroker;
import dev.weir.embedded.Loopback;
import dev.weir.embedded.RegistryProcess;
import dev.weir.embedded.StartFailure;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Broker, registry and server, started together: the registry while the broker and most of the server do, which only wants
 * it for the topology.
 * The caller holds the state directory's lock.
 */
final class Node implements AutoCloseable {
    private final EmbeddedBroker broker;
    private final SupervisedRegistry registry;
    private final Server server;

    private Node(EmbeddedBroker broker, SupervisedRegistry registry, Server server) {
        this.broker = broker;
        this.registry = registry;
        this.server = server;
    }

    /** Returns when all three answer; leaves nothing running if one of them cannot start. */
    static Node start(
            NodeSettings node,
            StateDirectory directory,
            Supplier<List<String>> registryFlags,
            Server.Start serverStart) {
        LastPorts last = new LastPorts(directory);
        int known = last.registry(node.registryPort());
        int registryPort = known != 0 ? known : Loopback.freePort();
        CompletableFuture<SupervisedRegistry> registry = CompletableFuture.supplyAsync(
                () -> SupervisedRegistry.start(directory.registry(), registryPort, registryFlags),
                aside("registry-start"));
        CompletableFuture<Void> natives =
                CompletableFuture.runAsync(() -> NativeLibraries.load(directory.temporary()), aside("natives-start"));
        @Nullable EmbeddedBroker broker = null;
        try {
            broker = EmbeddedBroker.start(BrokerOptions.in(directory.kafka()).withPort(last.kafka(node.kafkaPort())));
            natives.join();
            Server server = serverStart.start(
                    node.forServer(directory, broker.bootstrapServers(), RegistryProcess.url(registryPort)),
                    registry::join);
            return new Node(broker, registry.join(), server);
        } catch (RuntimeException failed) {
            registry.thenAccept(SupervisedRegistry::close)
                    .exceptionally(neverStarted -> null)
                    .join();
            if (broker != null) {
                broker.close();
            }
            throw failed instanceof CompletionException && failed.getCause() instanceof StartFailure why ? why : failed;
        }
    }

    private static Executor aside(String name) {
        return work -> new Thread(work, name).start();
    }

    NodeRecord.Addresses addresses() {
        return new NodeRecord.Addresses(server.url(), broker.bootstrapServers(), registry.url());
    }

    long registryPid() {
        return registry.pid();
    }

    /** Why it can no longer do its work, if so. */
    Optional<String> failure() {
        return server.failure();
    }

    /** The server first: it still talks to the other two when it says goodbye. */
    @Override
    public void close() {
        server.close();
        CompletableFuture<Void> registryEnd = CompletableFuture.runAsync(registry::close, aside("registry-end"));
        broker.close();
        registryEnd.join();
    }
}
