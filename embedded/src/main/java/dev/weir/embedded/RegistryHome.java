package dev.weir.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Where the registry's program is: {@code registry} of an installed weir, or unpacked by the build. */
final class RegistryHome {
    private RegistryHome() {}

    /** The jar whose manifest names all others. */
    static Path runner() {
        Path home = home();
        try (Stream<Path> inside = Files.list(home)) {
            Optional<Path> runner = inside.filter(path -> path.toString().endsWith("-runner.jar"))
                    .findFirst();
            return runner.orElseThrow(() -> missing(home));
        } catch (IOException absent) {
            throw missing(home);
        }
    }

    private static Path home() {
        String installed = System.getProperty("weir.home");
        if (installed != null) {
            return Path.of(installed, "registry");
        }
        Path target = Objects.requireNonNull(ChildProcess.ownClasses().getParent());
        return target.resolve("registry");
    }

    private static StartFailure missing(Path home) {
        return new StartFailure(
                "The schema registry is not in " + home + ": install weir again, or build it with mvn package");
    }
}
