package dev.weir.api.http;

import java.time.Duration;
import java.util.Set;

/**
 * Where and within what bounds to listen.
 *
 * @param host address to bind
 * @param port port to bind; 0 for any free one
 * @param hosts names this server answers to besides loopback ones
 * @param connections open connections at most
 * @param patience how long clients may take
 * @param bodyBytes bytes of a request's body at most
 */
public record HttpOptions(
        String host, int port, Set<String> hosts, int connections, int threads, Patience patience, long bodyBytes) {
    public HttpOptions {
        hosts = Set.copyOf(hosts);
    }

    /**
     * How long clients may take before they hold connections and threads for nothing.
     *
     * @param idle a connection that says nothing
     * @param header a request's header, from its first byte to its last
     * @param body a request's body, from its first byte to its last
     */
    public record Patience(Duration idle, Duration header, Duration body) {}

    public boolean loopback() {
        return host.equals("127.0.0.1") || host.equals("localhost") || host.equals("::1");
    }
}
