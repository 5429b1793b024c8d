package dev.weir.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.cli.net.Json;
import dev.weir.embedded.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code --on}, while no Kafka and no node is to be found: hooks must not wait for them. */
@Timeout(300)
class HooksIT {
    @TempDir
    Path folder;

    private WeirProcess weir;
    private Path told;

    @BeforeEach
    void makeTheCommand() {
        weir = new WeirProcess(folder, "127.0.0.1:1", "http://127.0.0.1:1");
        told = folder.resolve("told");
    }

    @Test
    void tellsOfAMatchAtOnceAndOfTheEndWithWhatEnded() throws Exception {
        Path go = folder.resolve("go");

        // The command ends only when its hook has run: one that waited for Kafka would never let it.
        WeirProcess.Running running = weir.start(
                "run",
                "-q",
                "--linger",
                "0s",
                "--run-id",
                "h1",
                "--on",
                "match:ready on port [0-9]+=cat >> told; touch " + go,
                "--on",
                "exit=cat >> told",
                "--",
                "sh",
                "-c",
                "echo one; echo 'ready on port 80, password=hunter22' >&2; while [ ! -e " + go
                        + " ]; do sleep 0.05; done; exit 3");
        WeirProcess.Result result = running.result();

        assertEquals(3, result.exitCode());
        List<Json> events = Files.readAllLines(told).stream().map(Json::parse).toList();
        assertEquals(
                List.of("match", "exit"),
                events.stream().map(each -> text(each, "event")).toList());
        assertEquals("h1 stderr", text(events.get(0), "run") + " " + text(events.get(0), "source"));
        assertEquals("ready on port 80, password=[masked:key-value]", text(events.get(0), "text"));
        assertEquals(
                "3 exit 2",
                text(events.get(1), "exitCode") + " " + text(events.get(1), "reason") + " "
                        + text(events.get(1), "lines"));
    }

    @Test
    void tellsOfErrorsAtMostOnceASecondAndOfAllThatItSleptThrough() throws Exception {
        weir.run(
                "run",
                "-q",
                "--linger",
                "0s",
                "--on",
                "error=cat >> told",
                "--",
                "sh",
                "-c",
                "echo fine; echo 'ERROR: a'; echo 'FATAL b'; echo 'no errors here'; sleep 4; echo 'ERROR c'");

        List<Json> events = Files.readAllLines(told).stream().map(Json::parse).toList();
        assertEquals(
                List.of("ERROR: a", "ERROR c"),
                events.stream().map(each -> text(each, "text")).toList());
        assertEquals("1", text(events.get(1), "missed"));
    }

    @Test
    void saysWhatGoesWrongWithOneAndRunsTheOthers() throws Exception {
        WeirProcess.Result result = weir.run(
                "run", "--linger", "0s", "--on", "match:x=exit 7", "--on", "match:x=cat >> told", "--", "echo", "x");

        assertEquals(0, result.exitCode());
        assertEquals("x\n", new String(result.out(), UTF_8));
        assertTrue(new String(result.err(), UTF_8).contains("--on exit 7 exited 7"), new String(result.err(), UTF_8));
        assertEquals(1, Files.readAllLines(told).size());
    }

    @Test
    void seesALineLongBeforeItsCommandEnds() throws Exception {
        WeirProcess.Running running = weir.start(
                "run",
                "-q",
                "--linger",
                "0s",
                "--on",
                "match:now=cat >> told",
                "--",
                "sh",
                "-c",
                "echo now; exec sleep 300");

        Await.until("the hook has run", () -> Files.exists(told) && Files.size(told) > 0);

        running.signal("TERM");
        assertEquals(143, running.result().exitCode());
    }

    private static String text(Json event, String field) {
        return event.get(field).text();
    }
}
