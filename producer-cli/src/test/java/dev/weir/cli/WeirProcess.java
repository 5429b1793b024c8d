package dev.weir.cli;

import dev.weir.embedded.Await;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The command in a process of its own, with a state folder of its own. */
final class WeirProcess {
    /** What a finished command left. */
    record Result(int exitCode, byte[] out, byte[] err) {}

    private final Path folder;
    private final Map<String, String> environment;

    WeirProcess(Path folder, String bootstrapServers, String registryUrl) {
        this.folder = folder;
        this.environment = Map.of(
                "WEIR_STATE_DIR", folder.resolve("state").toString(),
                "WEIR_BOOTSTRAP_SERVERS", bootstrapServers,
                "WEIR_SCHEMA_REGISTRY_URL", registryUrl);
    }

    Result run(String... words) throws IOException, InterruptedException {
        return start(words).result();
    }

    Running start(String... words) throws IOException {
        File out = Files.createTempFile(folder, "out", "").toFile();
        File err = Files.createTempFile(folder, "err", "").toFile();
        Process process = builder(words)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(out)
                .redirectError(err)
                .start();
        return new Running(process, out.toPath(), err.toPath());
    }

    /** Runs it with a reader that leaves after the first line. */
    Result runIntoHead(String... words) throws IOException, InterruptedException {
        Process process = builder(words)
                .redirectInput(new File("/dev/null"))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        byte[] read = process.getInputStream().readNBytes(7);
        process.getInputStream().close();
        return new Result(process.waitFor(), read, new byte[0]);
    }

    /** A command that has been started. */
    record Running(Process process, Path out, Path err) {
        Result result() throws IOException, InterruptedException {
            return new Result(process.waitFor(), Files.readAllBytes(out), Files.readAllBytes(err));
        }

        void awaitOutput(String text) {
            Await.until(text, () -> Files.readString(out).contains(text));
        }

        void signal(String name) throws IOException, InterruptedException {
            new ProcessBuilder("kill", "-s", name, Long.toString(process.pid()))
                    .start()
                    .waitFor();
        }
    }

    ProcessBuilder builder(String... words) {
        // Whoever started these tests may ignore signals, as a shell does for what it runs in the background; ignored
        // ones stay so in every child.
        List<String> command = new ArrayList<>(List.of(
                "env",
                "--default-signal",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx96m",
                "-cp",
                System.getProperty("java.class.path"),
                Weir.class.getName()));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("WEIR_"));
        builder.environment().putAll(environment);
        return builder;
    }
}
