package dev.weir.topology;

/**
 * Decides when the clock may judge runs: only when the partition has caught up with the end of {@code weir.lines} and a
 * full heartbeat period has passed since. Else every restart after an outage would declare everything lost. Confined to
 * one stream task.
 */
final class Judge {
    private final long heartbeat;
    private long caughtUpSince = Long.MAX_VALUE;
    private long lastEnd = -1;
    private long endSince;
    private long lastNext = -1;

    Judge(long heartbeat) {
        this.heartbeat = heartbeat;
    }

    /**
     * @param next offset after the last record processed here; -1 if there was none yet
     * @param end the partition's end as it was last seen
     */
    boolean mayJudge(long now, long next, Lag.End end) {
        boolean fresh = now - end.askedAt() <= 2 * heartbeat;
        if (end.offset() != lastEnd || next != lastNext) {
            lastEnd = end.offset();
            lastNext = next;
            endSince = now;
        }
        // The end of a transaction takes an offset too, and no record: an end nobody moves is as good as reached.
        boolean reached = next >= end.offset() || now - endSince >= 2 * heartbeat;
        if (!fresh || !reached) {
            caughtUpSince = Long.MAX_VALUE;
            return false;
        }
        caughtUpSince = Math.min(caughtUpSince, now);
        return now - caughtUpSince >= heartbeat;
    }
}
