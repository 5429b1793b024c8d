package dev.weir.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandTrainingTest {
    @TempDir
    Path folder;

    private final List<List<String>> launched = new ArrayList<>();

    @Test
    void makesTheArchiveFromARunOfTheCommandWithTheFlagsThatAskedForIt() throws Exception {
        Files.writeString(folder.resolve("cli.training"), "-Xmx64m\n-cp\na.jar\n");
        CommandTraining training = new CommandTraining(folder);
        assertTrue(training.isAsked());

        training.make("http://127.0.0.1:7070/", this::launch);

        assertEquals(2, launched.size());
        launched.forEach(flags -> assertEquals(List.of("-Xmx64m", "-cp", "a.jar"), flags.subList(0, 3)));
        assertTrue(launched.get(0).containsAll(List.of("run", "--", "true")), launched.toString());
        assertFalse(training.isAsked());
        assertEquals("archive", Files.readString(onlyFile()));
    }

    @Test
    void leavesNothingBehindWhenTheRunFails() throws Exception {
        Files.writeString(folder.resolve("cli.training"), "-Xmx64m\n");

        new CommandTraining(folder).make("http://127.0.0.1:7070/", (flags, settings) -> ended("false"));

        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(List.of(), left.toList());
        }
    }

    private @Nullable Process launch(List<String> flags, Map<String, String> settings) throws IOException {
        launched.add(List.copyOf(flags));
        for (String flag : flags) {
            if (flag.matches("-XX:(SharedArchiveFile|AOTCache)=.*")) {
                Files.writeString(Path.of(flag.substring(flag.indexOf('=') + 1)), "archive");
            }
        }
        return ended("true");
    }

    private static Process ended(String command) throws IOException {
        return new ProcessBuilder(command).start();
    }

    private Path onlyFile() throws IOException {
        try (Stream<Path> left = Files.list(folder)) {
            List<Path> files = left.toList();
            assertEquals(1, files.size(), files.toString());
            return files.get(0);
        }
    }
}
