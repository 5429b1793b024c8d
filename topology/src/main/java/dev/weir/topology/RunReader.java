package dev.weir.topology;

import dev.weir.schemas.Baseline;
import dev.weir.schemas.WakeState;
import java.util.List;
import java.util.Optional;

/**
 * Reads the stores of this server. Every answer is one state of a run between two batches, never a batch half written:
 * rows are copied as bytes under the run's lock and decoded outside it. Safe for any number of threads.
 */
public interface RunReader {

    /**
     * Status and accounting of a tenant's runs whose partitions are on this server, newest activity first; facts
     * included, templates and sources not.
     *
     * @param before only runs whose last activity is before this time, in milliseconds; {@code Long.MAX_VALUE} for all
     */
    LocalRuns runs(String tenant, long before, int limit);

    /** One run, as much of it as asked for. */
    Reading<RunView> run(String tenant, String run, Extent extent);

    /**
     * One run as this server has it, if only as a standby copy: for when its own server does not answer. Exact as of its
     * {@code asOf}, as ever, but that may lie behind.
     */
    default Reading<Stale> stale(String tenant, String run, Extent extent) {
        return new Reading.Absent<>();
    }

    /**
     * Calls {@code changed} on a stream thread after every batch, heartbeat or change of state of the run, until closed.
     * It must return at once. Register first, read then, sleep last: so nothing slips between.
     */
    Watch watch(String tenant, String run, Runnable changed);

    /** The wakes of a run, in the order in which they fall due. */
    default Reading<List<WakeState>> wakes(String tenant, String run) {
        return new Reading.Absent<>();
    }

    /** The wakes of a tenant that a worker may lease, of the partitions on this server, those due first leading. */
    default List<WakeState> dueWakes(String tenant, int limit) {
        return List.of();
    }

    /** The last good run of a job and branch, if there is one. */
    default Optional<Baseline> baseline(String tenant, String job, String branch) {
        return Optional.empty();
    }

    /** What the last runs of a job said; {@code job} is empty for runs that are none of a job's. Some seconds old. */
    default Fleet fleet(String tenant, String job) {
        return new Fleet(tenant, job, List.of());
    }

    /** In how many of the last runs of each of a tenant's jobs a message shape was. Reads them all: not for every line. */
    default List<Fleet.Seen> seen(String tenant, long fingerprint) {
        return List.of();
    }

    /** Where the partitions are. */
    Placement placement();

    /** Ends a watch. */
    interface Watch extends AutoCloseable {
        @Override
        void close();
    }
}
