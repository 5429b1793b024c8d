package dev.weir.bench.faults;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** A {@link ServerMain} of one's own, and how to do it harm. */
final class ServerProcess implements AutoCloseable {
    private static final int KILLED = 137;

    private final Process process;
    private final BufferedReader answers;
    private final PrintStream questions;

    private ServerProcess(Process process) {
        this.process = process;
        this.answers = process.inputReader(StandardCharsets.UTF_8);
        this.questions = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
    }

    static ServerProcess start(
            String bootstrap, String registry, Path state, int port, Path log, Map<String, String> env)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx384m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "-cp",
                System.getProperty("java.class.path"),
                ServerMain.class.getName(),
                bootstrap,
                registry,
                state.toString(),
                Integer.toString(port)));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(env);
        return new ServerProcess(builder.start());
    }

    /** What it says of a run; empty if the run is not here, not yet, or nobody answers any more. */
    Optional<Counts> read(String run) {
        String answer = ask(run);
        return answer.startsWith("found") ? Optional.of(parse(answer)) : Optional.empty();
    }

    /** Its answer as it came: found, absent, elsewhere, restoring, failed, or gone. */
    String ask(String run) {
        questions.println(run);
        try {
            String answer = answers.readLine();
            return answer == null ? "gone" : answer;
        } catch (IOException ended) {
            return "gone";
        }
    }

    private static Counts parse(String answer) {
        String[] fields = answer.split("\t", -1);
        Map<String, Long> byTemplate = new TreeMap<>();
        int at = 1;
        for (; !fields[at].equals("="); at += 2) {
            byTemplate.merge(fields[at], Long.parseLong(fields[at + 1]), Long::sum);
        }
        return new Counts(
                byTemplate,
                Long.parseLong(fields[at + 1]),
                Long.parseLong(fields[at + 2]),
                Long.parseLong(fields[at + 3]),
                Boolean.parseBoolean(fields[at + 4]));
    }

    boolean alive() {
        return process.isAlive();
    }

    /** kill -9; whether it was alive until then and died of it. */
    boolean kill() throws InterruptedException {
        boolean wasAlive = process.isAlive();
        process.destroyForcibly();
        return process.waitFor(20, TimeUnit.SECONDS) && wasAlive && process.exitValue() == KILLED;
    }

    boolean freeze() throws IOException, InterruptedException {
        return signal("STOP");
    }

    boolean thaw() throws IOException, InterruptedException {
        return signal("CONT");
    }

    private boolean signal(String name) throws IOException, InterruptedException {
        return new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                        .inheritIO()
                        .start()
                        .waitFor()
                == 0;
    }

    /** Lets it leave in good order. */
    boolean stop() throws InterruptedException {
        questions.close();
        return process.waitFor(40, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
