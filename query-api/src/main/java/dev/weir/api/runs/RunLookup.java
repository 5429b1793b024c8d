package dev.weir.api.runs;

import dev.weir.api.http.Problem;
import dev.weir.schemas.WakeState;
import dev.weir.topology.Extent;
import dev.weir.topology.Reading;
import dev.weir.topology.RunReader;
import dev.weir.topology.RunView;
import dev.weir.topology.Stale;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** A run from this server's stores, or why there is none. */
public final class RunLookup {
    private final RunReader reader;
    private final @Nullable LongConsumer stale;

    public RunLookup(RunReader reader) {
        this(reader, null);
    }

    private RunLookup(RunReader reader, @Nullable LongConsumer stale) {
        this.reader = reader;
        this.stale = stale;
    }

    public RunReader reader() {
        return reader;
    }

    /**
     * The same, content with a standby's copy where this server does not hold the run.
     *
     * @param behind told how many rows the copy that answered is behind
     */
    RunLookup orStale(LongConsumer behind) {
        return new RunLookup(reader, behind);
    }

    public RunView find(String tenant, String run, Extent extent) {
        Reading<RunView> own = reader.run(tenant, run, extent);
        if (stale != null && !(own instanceof Reading.Found) && !(own instanceof Reading.Absent)) {
            Reading<Stale> copy = reader.stale(tenant, run, extent);
            if (copy instanceof Reading.Found<Stale> found) {
                stale.accept(found.value().behind());
                return found.value().run();
            }
        }
        return found(run, own);
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
