package dev.weir.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** Where a reader of this user's stopped reading a run. */
record Cursors(StateFolder state, String reader, String run) {
    static final String ANYBODY = "anybody";

    Cursors {
        if (!reader.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}")) {
            throw new UsageException(
                    "--reader is '" + reader + "': use up to 64 letters, digits, dots, dashes and underscores");
        }
    }

    Optional<String> last() throws IOException {
        try {
            return Optional.of(Files.readString(file()).strip()).filter(cursor -> !cursor.isEmpty());
        } catch (NoSuchFileException never) {
            return Optional.empty();
        }
    }

    void remember(String cursor) throws IOException {
        Files.createDirectories(file().getParent());
        Path fresh = Files.createTempFile(file().getParent(), "cursor", "");
        Files.writeString(fresh, cursor + "\n");
        Files.move(fresh, file(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private Path file() {
        return state.root().resolve("cursors").resolve(reader).resolve(run);
    }
}
