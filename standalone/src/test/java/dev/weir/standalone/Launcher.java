package dev.weir.standalone;

import dev.weir.embedded.Loopback;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The launcher as installed, with a home of its own and ports that nobody else has. */
final class Launcher {
    /** What a command left. */
    record Result(int code, byte[] out, byte[] err) {
        String text() {
            return new String(out, StandardCharsets.UTF_8);
        }

        String errors() {
            return new String(err, StandardCharsets.UTF_8);
        }
    }

    /** A machine that does much else is no reason to fail. */
    private static final int PATIENCE_SECONDS = 300;

    private final Path script;
    private final Path home;
    private final Map<String, String> ports =
            Map.of("WEIR_HTTP_PORT", free(), "WEIR_KAFKA_PORT", free(), "WEIR_REGISTRY_PORT", free());

    Launcher(Path script, Path home) {
        this.script = script.toAbsolutePath();
        this.home = home;
    }

    Result run(String... words) {
        List<String> command = new ArrayList<>(List.of(script.toString()));
        command.addAll(List.of(words));
        return execute(command);
    }

    /** A line as typed beside a checkout's {@code ./weir}; both streams, as a terminal shows them, stderr last. */
    String shell(String line) {
        Result result = execute(List.of("sh", "-c", line.replace("./weir", script.toString())));
        return result.text() + result.errors();
    }

    String path() {
        return script.toString();
    }

    /** What makes a process of one's own a command of this home. */
    Map<String, String> environment() {
        Map<String, String> all = new java.util.HashMap<>(ports);
        all.put("HOME", home.toString());
        all.put("JAVA_HOME", System.getProperty("java.home"));
        return all;
    }

    private Result execute(List<String> command) {
        try {
            File out = Files.createTempFile(home, "out", "").toFile();
            File err = Files.createTempFile(home, "err", "").toFile();
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(home.toFile())
                    .redirectInput(new File("/dev/null"))
                    .redirectOutput(out)
                    .redirectError(err);
            // A person's shell, also when a CI system runs the tests: to those, a run says more.
            builder.environment()
                    .keySet()
                    .removeIf(name -> name.startsWith("WEIR_")
                            || name.startsWith("XDG_")
                            || name.startsWith("GITHUB_")
                            || name.startsWith("GITLAB_")
                            || name.equals("CI"));
            builder.environment().putAll(environment());
            Process process = builder.start();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("Does not end: " + command + "\n" + Files.readString(err.toPath()));
            }
            return new Result(process.exitValue(), Files.readAllBytes(out.toPath()), Files.readAllBytes(err.toPath()));
        } catch (IOException | InterruptedException failed) {
            throw new AssertionError(failed);
        }
    }

    private static String free() {
        return Integer.toString(Loopback.freePort());
    }
}
