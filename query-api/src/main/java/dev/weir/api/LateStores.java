package dev.weir.api;

import dev.weir.schemas.Baseline;
import dev.weir.schemas.WakeState;
import dev.weir.topology.Extent;
import dev.weir.topology.Fleet;
import dev.weir.topology.LocalRuns;
import dev.weir.topology.Placement;
import dev.weir.topology.Reading;
import dev.weir.topology.RunReader;
import dev.weir.topology.RunView;
import dev.weir.topology.Stale;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The stores before and after they are open. HTTP listens first, because other servers are told its port when the topology
 * starts; until then every run is restoring and nothing is ready.
 */
final class LateStores implements RunReader {
    private static final Placement NOWHERE = new Placement(0, Map.of(), Set.of(), Map.of());

    private volatile @Nullable RunReader open;

    private volatile Optional<Placement.Server> self = Optional.empty();

    void opened(RunReader reader, Placement.Server as) {
        self = Optional.of(as);
        open = reader;
    }

    /** How others reach this server, once it listens. */
    Optional<Placement.Server> self() {
        return self;
    }

    @Override
    public LocalRuns runs(String tenant, long before, int limit) {
        RunReader reader = open;
        return reader == null ? new LocalRuns(List.of(), List.of()) : reader.runs(tenant, before, limit);
    }

    @Override
    public Reading<RunView> run(String tenant, String run, Extent extent) {
        RunReader reader = open;
        return reader == null ? new Reading.Restoring<>(0) : reader.run(tenant, run, extent);
    }

    @Override
    public Watch watch(String tenant, String run, Runnable changed) {
        RunReader reader = open;
        return reader == null ? () -> {} : reader.watch(tenant, run, changed);
    }

    @Override
    public Reading<List<WakeState>> wakes(String tenant, String run) {
        RunReader reader = open;
        return reader == null ? new Reading.Restoring<>(0) : reader.wakes(tenant, run);
    }

    @Override
    public List<WakeState> dueWakes(String tenant, int limit) {
        RunReader reader = open;
        return reader == null ? List.of() : reader.dueWakes(tenant, limit);
    }

    @Override
    public Optional<Baseline> baseline(String tenant, String job, String branch) {
        RunReader reader = open;
        return reader == null ? Optional.empty() : reader.baseline(tenant, job, branch);
    }

    @Override
    public Fleet fleet(String tenant, String job) {
        RunReader reader = open;
        return reader == null ? new Fleet(tenant, job, List.of()) : reader.fleet(tenant, job);
    }

    @Override
    public List<Fleet.Seen> seen(String tenant, long fingerprint) {
        RunReader reader = open;
        return reader == null ? List.of() : reader.seen(tenant, fingerprint);
    }

    @Override
    public Reading<Stale> stale(String tenant, String run, Extent extent) {
        RunReader reader = open;
        return reader == null ? new Reading.Restoring<>(0) : reader.stale(tenant, run, extent);
    }

    @Override
    public Placement placement() {
        RunReader reader = open;
        return reader == null ? NOWHERE : reader.placement();
    }
}
