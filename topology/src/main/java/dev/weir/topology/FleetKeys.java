package dev.weir.topology;

import dev.weir.schemas.FleetKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SortedSet;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * Which runs {@code weir.fleet} holds, and which must go to make room: so that a run's end need not read what they said.
 * The thread of global stores writes, any thread reads.
 */
final class FleetKeys {
    static final int RUNS_OF_A_JOB = 50;
    static final int RUNS_OF_A_TENANT = 5_000;
    private static final String AFTER_ALL = "\uffff";

    private final NavigableSet<String> keys = new ConcurrentSkipListSet<>();

    void add(String key) {
        keys.add(key);
    }

    void remove(String key) {
        keys.remove(key);
    }

    /** The keys of a job's runs, oldest first. */
    List<String> ofJob(String tenant, String job) {
        return List.copyOf(from(FleetKey.prefix(tenant, job)));
    }

    /** The keys of all of a tenant's runs. */
    List<String> ofTenant(String tenant) {
        return List.copyOf(from(tenant + "/"));
    }

    /** What must leave when this one comes: its job's oldest runs, or the tenant's oldest. */
    List<FleetKey> leaveFor(FleetKey coming) {
        if (keys.contains(coming.toString())) {
            return List.of();
        }
        List<String> ofJob = ofJob(coming.tenant(), coming.job());
        List<String> leave = new ArrayList<>(ofJob.subList(0, Math.max(0, ofJob.size() + 1 - RUNS_OF_A_JOB)));
        List<String> ofTenant = ofTenant(coming.tenant());
        if (leave.isEmpty() && ofTenant.size() >= RUNS_OF_A_TENANT) {
            ofTenant.stream().min(Comparator.comparing(FleetKeys::start)).ifPresent(leave::add);
        }
        return leave.stream().map(FleetKey::find).flatMap(Optional::stream).toList();
    }

    private SortedSet<String> from(String prefix) {
        return keys.subSet(prefix, prefix + AFTER_ALL);
    }

    private static String start(String key) {
        return FleetKey.find(key)
                .map(found -> String.format("%016x", found.startedAt()))
                .orElse("");
    }
}
