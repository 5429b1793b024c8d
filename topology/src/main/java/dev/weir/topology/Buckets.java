package dev.weir.topology;

/**
 * The arithmetic of windows. A bucket is an eighth of the retention; what was last seen eight buckets ago has left. The
 * writer does this sum when a run enters a bucket, a reader of an idle run does the same one.
 */
record Buckets(long millis) {
    static final long MINUTE = 60_000;
    static final long HOUR = 60 * MINUTE;
    private static final long RETAINED = 8;

    static Buckets of(TopologySettings settings) {
        return new Buckets(settings.bucketMillis());
    }

    static long minute(long time) {
        return time - Math.floorMod(time, MINUTE);
    }

    /** Start of the window of totals a time lies in: an hour, or a bucket where that is shorter. */
    long totals(long time) {
        return time - Math.floorMod(time, Math.min(HOUR, millis));
    }

    /** Start of the bucket a time lies in. */
    long start(long time) {
        return time - Math.floorMod(time, millis);
    }

    /** Whether what was last seen at a time has left by another. */
    boolean left(long seen, long now) {
        return start(seen) <= start(now) - RETAINED * millis;
    }

    /** How long rows must stay readable: until their counts were moved to evicted, one bucket after they left. */
    long storeRetention() {
        return (RETAINED + 2) * millis;
    }
}
