package dev.weir.api.wakes;

import dev.weir.api.runs.RunLookup;
import dev.weir.api.runs.WakeEvents;
import dev.weir.schemas.WakeState;
import dev.weir.snapshot.JsonWriter;
import java.util.Comparator;
import java.util.List;

/** A run's wakes for its stream of events. */
public final class WakeChanges implements WakeEvents {
    private final RunLookup runs;

    public WakeChanges(RunLookup runs) {
        this.runs = runs;
    }

    @Override
    public List<Wake> of(String tenant, String run) {
        return runs.wakes(tenant, run).stream()
                .sorted(Comparator.comparing(WakeState::getChangedAt).thenComparing(WakeState::getWake))
                .map(WakeChanges::wake)
                .toList();
    }

    private static Wake wake(WakeState state) {
        JsonWriter json = new JsonWriter();
        WakeJson.write(json, state);
        return new Wake(state.getChangedAt().toEpochMilli(), json.toBytes());
    }
}
