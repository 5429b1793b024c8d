package dev.weir.topology;

import java.util.Map;
import java.util.Set;

/**
 * Where each partition's active store is, as this server knows it.
 *
 * @param partitions how many partitions there are; 0 before the first assignment
 * @param active the server of each partition that has one
 * @param here the partitions this server answers for now
 * @param restoring partitions assigned here whose stores are being read back, with percent done
 */
public record Placement(
        int partitions, Map<Integer, Server> active, Set<Integer> here, Map<Integer, Integer> restoring) {

    public Placement {
        active = Map.copyOf(active);
        here = Set.copyOf(here);
        restoring = Map.copyOf(restoring);
    }

    /** A server's own address, as in {@code application.server}. */
    public record Server(String host, int port) {}
}
