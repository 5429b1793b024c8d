package dev.weir.topology;

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
     * Calls {@code changed} on a stream thread after every batch, heartbeat or change of state of the run, until closed.
     * It must return at once. Register first, read then, sleep last: so nothing slips between.
     */
    Watch watch(String tenant, String run, Runnable changed);

    /** Where the partitions are. */
    Placement placement();

    /** Ends a watch. */
    interface Watch extends AutoCloseable {
        @Override
        void close();
    }
}
