package dev.weir.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Where this user stopped reading a run. */
record Cursors(StateFolder state, String run) {
    Optional<String> last() throws IOException {
        try {
            return Optional.of(Files.readString(file()).strip());
        } catch (NoSuchFileException never) {
            return Optional.empty();
        }
    }

    void remember(String cursor) throws IOException {
        Files.createDirectories(file().getParent());
        Files.writeString(file(), cursor + "\n");
    }

    private Path file() {
        return state.root().resolve("cursors").resolve(run);
    }
}
