package dev.weir.standalone;

import dev.weir.embedded.FileTree;
import dev.weir.embedded.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** The folder that holds all a node keeps, and where in it things are. */
record StateDirectory(Path path) {
    StateDirectory {
        path = path.toAbsolutePath().normalize();
    }

    Path lock() {
        return path.resolve("node.lock");
    }

    Path record() {
        return path.resolve("node.properties");
    }

    Path ports() {
        return path.resolve("node.ports");
    }

    Path kafka() {
        return path.resolve("kafka");
    }

    Path registry() {
        return path.resolve("registry");
    }

    /** The topology's stores. */
    Path server() {
        return path.resolve("server");
    }

    /** Native libraries, unpacked at every start; emptied at the next. */
    Path temporary() {
        return path.resolve("tmp");
    }

    Path log() {
        return path.resolve("log").resolve("node.log");
    }

    /** What a detached node says before its log is open, or when its Java dies. */
    Path output() {
        return path.resolve("log").resolve("node.out");
    }

    boolean exists() {
        return Files.isDirectory(path);
    }

    /** Log lines are in it: nobody else's business. */
    void create() {
        try {
            if (!exists()) {
                Files.createDirectories(path);
                if (Files.getFileStore(path).supportsFileAttributeView("posix")) {
                    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
                }
            }
            Files.createDirectories(path.resolve("log"));
        } catch (IOException denied) {
            throw new StartFailure(
                    "Cannot make the state directory " + path + " (" + denied
                            + "): check its permissions, or choose another with --state-dir",
                    denied);
        }
    }

    void emptyTemporary() {
        try {
            FileTree.delete(temporary());
        } catch (IOException denied) {
            throw new StartFailure("Cannot empty " + temporary() + " (" + denied + "): check its permissions", denied);
        }
    }

    long freeBytes() {
        try {
            return Files.getFileStore(path).getUsableSpace();
        } catch (IOException unknown) {
            throw new StartFailure("Cannot ask how full the disk of " + path + " is: " + unknown, unknown);
        }
    }

    long usedBytes() {
        try {
            return FileTree.bytes(path);
        } catch (IOException unreadable) {
            throw new StartFailure("Cannot read the state directory " + path + ": " + unreadable, unreadable);
        }
    }
}
