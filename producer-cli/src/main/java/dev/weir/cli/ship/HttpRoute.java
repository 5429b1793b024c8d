package dev.weir.cli.ship;

import java.net.URI;
import java.util.Map;

/**
 * The way to the server, for where Kafka cannot be reached.
 *
 * @param atOnce whether everything that there will be is there already, so that it can go in one request
 */
public record HttpRoute(URI server, Map<String, String> headers, boolean atOnce) implements Router.Way {
    public HttpRoute {
        headers = Map.copyOf(headers);
    }

    @Override
    public HttpOutlet open(String key, long mostOnTheWay) {
        String run = key.substring(key.indexOf('/') + 1);
        return new HttpOutlet(server.resolve("/v1/runs/" + run + "/lines"), headers, mostOnTheWay, atOnce);
    }

    @Override
    public int schemaId() {
        return 0;
    }
}
