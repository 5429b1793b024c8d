package dev.weir.api.runs;

import java.util.List;

/** What a stream of events wants of a run's wakes. */
public interface WakeEvents {
    /** Every wake of the run as it is now, those that changed last at the end. */
    List<Wake> of(String tenant, String run);

    /** One wake, written. */
    record Wake(long changedAt, byte[] json) {}
}
