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
 * @param idle how long a connection may say nothing
 * @param bodyBytes bytes of a request's body at most
 */
public record HttpOptions(
        String host, int port, Set<String> hosts, int connections, int threads, Duration idle, long bodyBytes) {
    public HttpOptions {
        hosts = Set.copyOf(hosts);
    }

    public boolean loopback() {
        return host.equals("127.0.0.1") || host.equals("localhost") || host.equals("::1");
    }
}
