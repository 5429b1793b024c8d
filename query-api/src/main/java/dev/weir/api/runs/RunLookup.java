package dev.weir.api.runs;

import dev.weir.api.http.Problem;
import dev.weir.schemas.WakeState;
import dev.weir.topology.Extent;
import dev.weir.topology.Reading;
import dev.weir.topology.RunReader;
import dev.weir.topology.RunView;
import java.util.List;

/** A run from this server's stores, or why there is none. */
public final class RunLookup {
    private final RunReader reader;

    public RunLookup(RunReader reader) {
        this.reader = reader;
    }

    public RunReader reader() {
        return reader;
    }

    public RunView find(String tenant, String run, Extent extent) {
        return found(run, reader.run(tenant, run, extent));
    }

    /** The wakes of a run; none of a run that nobody knows. */
    public List<WakeState> wakes(String tenant, String run) {
        return found(run, reader.wakes(tenant, run));
    }

    private static <T> T found(String run, Reading<T> reading) {
        return reading.fold(
                value -> value,
                () -> {
                    throw Problem.noSuchRun(run);
                },
                elsewhere -> {
                    throw new HeldElsewhere(elsewhere.host(), elsewhere.port());
                },
                restoring -> {
                    throw restoring(run, restoring.percent());
                });
    }

    private static Problem restoring(String run, int percent) {
        return new Problem(
                        503,
                        "restoring",
                        "The store with this run is being read back (" + percent + "%): try again in a few seconds")
                .of(run)
                .with("percent", percent)
                .retryAfter(2);
    }
}
