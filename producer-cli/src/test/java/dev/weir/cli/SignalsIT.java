package dev.weir.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.embedded.Await;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real signals to a real weir. No Kafka: signals must not wait for it. */
@Timeout(300)
class SignalsIT {
    @TempDir
    Path folder;

    private WeirProcess weir;

    @BeforeEach
    void makeTheCommand() {
        weir = new WeirProcess(folder, "127.0.0.1:1", "http://127.0.0.1:1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"HUP", "INT", "TERM", "USR1", "USR2", "WINCH", "ALRM", "URG", "IO", "CONT"})
    void reachesTheChildOnce(String signal) throws Exception {
        WeirProcess.Running running = weir.start(
                "run",
                "-q",
                "--linger",
                "0s",
                "--",
                "sh",
                "-c",
                "n=0; trap 'n=$((n+1)); echo got $n; end=1' " + signal + "; echo ready; i=0;"
                        + " while [ -z \"$end\" ] && [ $i -lt 600 ]; do sleep 0.05; i=$((i+1)); done;"
                        + " sleep 0.2; echo count $n; exit 9");
        running.awaitOutput("ready");

        running.signal(signal);

        WeirProcess.Result result = running.result();
        assertEquals(9, result.exitCode());
        assertEquals("ready\ngot 1\ncount 1\n", new String(result.out(), UTF_8));
    }

    @Test
    void stopsWithTheChildAndByTheSameSignalAndGoesOnWithIt() throws Exception {
        ProcessBuilder underAShell = weir.builder(
                "run",
                "-q",
                "--linger",
                "0s",
                "--",
                "sh",
                "-c",
                "trap 'echo goes on' CONT; echo ready; while [ ! -e go ]; do sleep 0.05; done; exit 3");
        underAShell
                .command()
                .addAll(
                        0,
                        List.of(
                                "bash",
                                "-c",
                                "set -m; \"$@\" >out & until grep -q ready out; do sleep 0.05; done; kill -s TSTP $!; wait $!;"
                                        + " echo $?; kill -s CONT $!; until grep -q goes out; do sleep 0.05; done; >go; wait $!;"
                                        + " echo $?",
                                "bash"));

        Process shell = underAShell
                .redirectInput(new File("/dev/null"))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();

        assertEquals("148\n3\n", new String(shell.getInputStream().readAllBytes(), UTF_8));
        assertEquals("ready\ngoes on\n", Files.readString(folder.resolve("out")));
    }

    @Test
    void goesOnWhereTheChildDoes() throws Exception {
        WeirProcess.Running running = weir.start(
                "run",
                "-q",
                "--linger",
                "0s",
                "--",
                "sh",
                "-c",
                "trap 'echo no' TSTP; echo ready; while [ ! -e go ]; do sleep 0.05; done; exit 3");
        running.awaitOutput("ready");

        running.signal("TSTP");
        running.awaitOutput("no");
        Files.createFile(folder.resolve("go"));

        assertEquals(3, running.result().exitCode());
    }

    @Test
    void anInterruptEndsTheWaitForKafkaOnceTheCommandHasEnded() throws Exception {
        WeirProcess.Running running =
                weir.start("run", "--linger", "1h", "--run-id", "r", "--", "sh", "-c", "echo done; exit 4");
        Await.until("the command has ended", () -> Files.exists(folder.resolve("state/spool/r/end")));

        running.signal("INT");

        WeirProcess.Result result = running.result();
        assertEquals(4, result.exitCode());
        assertTrue(new String(result.err(), UTF_8).contains("weir resume r"), new String(result.err(), UTF_8));
    }

    @Test
    void exitsWith128AndTheNumberOfTheSignalThatEndedTheChild() throws Exception {
        WeirProcess.Running running =
                weir.start("run", "-q", "--linger", "0s", "--", "sh", "-c", "echo ready; exec sleep 60");
        running.awaitOutput("ready");

        running.signal("TERM");

        assertEquals(143, running.result().exitCode());
    }

    @Test
    void killsWhatDoesNotListenAtTheSecondInterrupt() throws Exception {
        WeirProcess.Running running = weir.start(
                "run",
                "-q",
                "--linger",
                "0s",
                "--grace",
                "0s",
                "--",
                "sh",
                "-c",
                "trap 'echo no' INT; echo ready; while :; do sleep 0.05; done");
        running.awaitOutput("ready");
        running.signal("INT");
        running.awaitOutput("no");

        running.signal("INT");

        assertEquals(137, running.result().exitCode());
    }

    @Test
    void endsAtTheTimeoutFirstGentlyThenHard() throws Exception {
        WeirProcess.Result gentle = weir.run(
                "run",
                "-q",
                "--linger",
                "0s",
                "--timeout",
                "1s",
                "--",
                "sh",
                "-c",
                "trap 'echo bye; exit 4' TERM; while :; do sleep 0.05; done");
        WeirProcess.Result hard = weir.run(
                "run",
                "-q",
                "--linger",
                "0s",
                "--timeout",
                "1s",
                "--grace",
                "300ms",
                "--",
                "sh",
                "-c",
                "trap '' TERM; while :; do sleep 0.05; done");

        assertEquals(4, gentle.exitCode());
        assertEquals("bye\n", new String(gentle.out(), UTF_8));
        assertEquals(137, hard.exitCode());
    }

    @Test
    void neitherStopsWhenItsReaderGoesAwayNorHidesItWhenAsked() throws Exception {
        String count = "for i in $(seq 20000); do echo line $i; done; echo survived > " + folder + "/mark";

        WeirProcess.Result kept = new WeirProcess(folder, "127.0.0.1:1", "http://127.0.0.1:1")
                .runIntoHead("run", "-q", "--linger", "0s", "--", "sh", "-c", count);
        boolean survived = folder.resolve("mark").toFile().delete();
        weir.runIntoHead("run", "-q", "--linger", "0s", "--sigpipe", "--", "sh", "-c", count);

        assertEquals(0, kept.exitCode());
        assertTrue(survived);
        assertEquals(false, folder.resolve("mark").toFile().exists());
    }
}
