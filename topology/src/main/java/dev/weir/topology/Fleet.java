package dev.weir.topology;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the last runs of one job of a tenant said, by fingerprint: fifty runs at most, newest last. A run is in it from
 * its end, and while it goes on now and then.
 */
public record Fleet(String tenant, String job, List<Run> runs) {
    public Fleet {
        runs = List.copyOf(runs);
    }

    /** One run, with the fingerprints it had. */
    public record Run(
            String run,
            Optional<String> host,
            String status,
            long startedAt,
            long lastActivity,
            Map<Long, Shape> templates) {
        public Run {
            templates = Map.copyOf(templates);
        }
    }

    /** One message shape in one run: its lines, and the arrival of the first and the last of them. */
    public record Shape(long count, long firstSeen, long lastSeen) {}

    /**
     * One message shape across runs.
     *
     * @param runs in how many of them it was
     * @param of how many there are
     * @param firstSeen its first line in any of them
     * @param hosts the hosts of the runs it was in
     */
    public record Seen(String job, int runs, int of, long lines, long firstSeen, long lastSeen, Set<String> hosts) {
        public Seen {
            hosts = Set.copyOf(hosts);
        }
    }

    /** All runs but one: what a run is compared with does not hold itself. */
    public Fleet without(String run) {
        return new Fleet(
                tenant, job, runs.stream().filter(one -> !one.run.equals(run)).toList());
    }

    /** In which of the runs a shape was; empty if it was in none. */
    public Optional<Seen> seen(long fingerprint) {
        int in = 0;
        long lines = 0;
        long first = Long.MAX_VALUE;
        long last = 0;
        Set<String> hosts = new TreeSet<>();
        for (Run run : runs) {
            Shape shape = run.templates.get(fingerprint);
            if (shape != null) {
                in++;
                lines += shape.count;
                first = Math.min(first, shape.firstSeen);
                last = Math.max(last, shape.lastSeen);
                run.host.ifPresent(hosts::add);
            }
        }
        return in == 0 ? Optional.empty() : Optional.of(new Seen(job, in, runs.size(), lines, first, last, hosts));
    }
}
