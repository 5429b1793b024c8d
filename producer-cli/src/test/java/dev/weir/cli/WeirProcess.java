package dev.weir.cli;

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
        File out = Files.createTempFile(folder, "out", "").toFile();
        File err = Files.createTempFile(folder, "err", "").toFile();
        Process process = builder(words)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(out)
                .redirectError(err)
                .start();
        return new Result(process.waitFor(), Files.readAllBytes(out.toPath()), Files.readAllBytes(err.toPath()));
    }

    ProcessBuilder builder(String... words) {
        List<String> command = new ArrayList<>(List.of(
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
