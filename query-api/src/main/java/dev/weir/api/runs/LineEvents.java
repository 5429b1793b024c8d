package dev.weir.api.runs;

import dev.weir.topology.Position;
import dev.weir.topology.RunReader;
import dev.weir.topology.RunView;
import java.io.IOException;
import java.util.Set;

/** What a stream of events wants of the raw lines. */
public interface LineEvents {
    /** First offset at which the run still has lines. */
    long begin(RunView view);

    /** Shows every line after a position, on a thread of its own, until closed. */
    RunReader.Watch follow(String tenant, String run, Position after, Set<String> levels, Each each);

    interface Each {
        void line(Position position, byte[] json) throws IOException;

        /** Nothing more is waiting. */
        void flush() throws IOException;
    }
}
