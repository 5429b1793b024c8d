package dev.weir.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.settings.Folders;
import dev.weir.settings.Settings;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What weir keeps on this machine for this user: spools of runs, and which run was a directory's last. */
record StateFolder(Path root, Path spool) {
    private static final FileAttribute<?> PRIVATE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private static final String ENDED = "ended";

    static StateFolder of(Map<String, String> environment) {
        Path root = Folders.state(environment).toAbsolutePath();
        String spool = new Settings(environment).text(CliSettings.SPOOL);
        return new StateFolder(
                root, spool.isEmpty() ? root.resolve("spool") : Path.of(spool).toAbsolutePath());
    }

    StateFolder withSpool(@Nullable Path other) {
        return other == null ? this : new StateFolder(root, other.toAbsolutePath());
    }

    /** A new folder for this run, readable by its owner only. */
    Path spoolOf(String run) throws IOException {
        Files.createDirectories(spool(), PRIVATE);
        try {
            return Files.createDirectory(spool().resolve(run), PRIVATE);
        } catch (FileAlreadyExistsException taken) {
            throw new FileAlreadyExistsException(
                    spool().resolve(run).toString(), null, "a run of this id is still here");
        }
    }

    /** The folder of a tail, which may have been here before. */
    Path tailOf(String run) throws IOException {
        return Files.createDirectories(root.resolve("tail").resolve(run), PRIVATE);
    }

    /** A directory's newest run, and whether it has ended; no run if none is known. */
    record Newest(@Nullable String run, boolean ended) {}

    /** Remembers the newest run of a directory. */
    void remember(Path directory, String run, boolean ended) throws IOException {
        Path file = lastOf(directory);
        if (ended && !run.equals(newestOf(directory).run())) {
            return; // a newer one has started meanwhile
        }
        Files.createDirectories(file.getParent(), PRIVATE);
        Path fresh = file.resolveSibling(
                file.getFileName() + "." + ProcessHandle.current().pid());
        Files.writeString(fresh, run + "\n" + (ended ? ENDED : "running") + "\n" + directory + "\n");
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    Newest newestOf(Path directory) throws IOException {
        try {
            List<String> lines = Files.readAllLines(lastOf(directory));
            return lines.size() < 2
                    ? new Newest(null, false)
                    : new Newest(lines.get(0), lines.get(1).equals(ENDED));
        } catch (NoSuchFileException none) {
            return new Newest(null, false);
        }
    }

    private Path lastOf(Path directory) {
        String name = UUID.nameUUIDFromBytes(
                        directory.toAbsolutePath().toString().getBytes(UTF_8))
                .toString();
        return root.resolve("last").resolve(name);
    }
}
