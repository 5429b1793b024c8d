package dev.weir.standalone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.embedded.Await;
import dev.weir.embedded.ProcessMark;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The node's commands as a user gives them, each in a process of its own, about one state directory. */
final class NodeUnderTest implements AutoCloseable {
    /** What a command said, on both streams, and how it ended. */
    record Said(int code, String text) {}

    private final Path stateDirectory;
    private final Map<String, String> environment;

    NodeUnderTest(Path stateDirectory, Map<String, String> environment) {
        this.stateDirectory = stateDirectory;
        this.environment = environment;
    }

    /** In the background, on free ports unless told otherwise. */
    Said up(String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("up", "--detach", "--port", "0", "--kafka-port", "0", "--registry-port", "0"));
        arguments.addAll(List.of(more));
        return command(arguments);
    }

    Said down() {
        return command(List.of("down"));
    }

    JsonNode status() {
        try {
            return new ObjectMapper()
                    .readTree(command(List.of("status", "--json")).text());
        } catch (IOException notJson) {
            throw new AssertionError(notJson);
        }
    }

    Said command(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                NodeMain.class.getName()));
        command.addAll(arguments);
        command.addAll(List.of("--state-dir", stateDirectory.toString()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(90, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("Does not end: " + arguments);
            }
            return new Said(process.exitValue(), text);
        } catch (IOException | InterruptedException failed) {
            throw new AssertionError(failed);
        }
    }

    /** As {@code kill -9}. */
    static void kill(long pid) {
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        awaitEnd(pid);
    }

    static void awaitEnd(long pid) {
        Await.until(
                "process " + pid + " ends",
                () -> ProcessHandle.of(pid)
                        .map(ProcessMark::of)
                        .flatMap(ProcessMark::running)
                        .isEmpty());
    }

    @Override
    public void close() {
        down();
    }
}
