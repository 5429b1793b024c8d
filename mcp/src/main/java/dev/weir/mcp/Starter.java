package dev.weir.mcp;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Starts commands under weir on this machine, in the background. */
public interface Starter {
    /** What is to be started. */
    record Start(List<String> command, Path directory, Optional<String> job, Optional<String> title) {
        public Start {
            command = List.copyOf(command);
        }
    }

    /** The run's id. */
    String start(Start start) throws IOException;
}
