package dev.weir.topology;

/** What the tasks of one server share with its readers. */
record Shared(RunLocks locks, Watchers watchers, Lag lag, Counters counters, FleetKeys fleet) {
    static Shared create() {
        return new Shared(new RunLocks(), new Watchers(), new Lag(), new Counters(), new FleetKeys());
    }
}
