package dev.weir.api.lines;

/** The raw lines of runs, by where they lie. */
interface LineLog {

    /** Partition of a run, by its key. */
    int partition(RunRef run);

    /** First offset of the run's partition that still is there. */
    long begin(RunRef run);

    /** One more than the last offset of the run's partition. */
    long end(RunRef run);

    /** First offset that arrived at this time or later; {@link #end} if there is none. */
    long at(RunRef run, long millis);

    /**
     * Shows the run's entries from an offset to before another, in order, until {@code each} has seen enough. Entries that
     * {@code resends} knows are not shown again.
     *
     * @param mostBytes to read at most, those of other runs in between included
     * @return whether it read as far as it was asked to
     */
    boolean scan(RunRef run, long from, long end, Resends resends, long mostBytes, Visitor each);

    default void scan(RunRef run, long from, long end, Resends resends, Visitor each) {
        scan(run, from, end, resends, Long.MAX_VALUE, each);
    }

    default void scan(RunRef run, long from, long end, Visitor each) {
        scan(run, from, end, new Resends(), each);
    }

    /** A run, as it is keyed in the topic. */
    record RunRef(String tenant, String run) {
        String key() {
            return tenant + "/" + run;
        }
    }

    @FunctionalInterface
    interface Visitor {
        /** Whether to go on. */
        boolean accept(Entry entry);

        /** Called now and then while a log is read, also where the run has nothing; may throw to end it. */
        default void between() {}
    }
}
