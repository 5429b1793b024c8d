package dev.weir.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The folder of one run's undelivered output. */
record Spool(Path folder) {
    /** Gone as soon as its lines are safe: raw output may hold secrets. */
    void delete() {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(folder);
        } catch (IOException failure) {
            System.err.println("weir: cannot delete " + folder + ", which holds captured output: " + failure);
        }
    }
}
