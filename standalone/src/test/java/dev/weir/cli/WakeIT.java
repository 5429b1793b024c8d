package dev.weir.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.cli.net.Json;
import dev.weir.embedded.Await;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Wakes from the command line, worked off by commands that nobody looks at. */
@Timeout(300)
class WakeIT {
    @RegisterExtension
    static final ServedCommand WEIR = new ServedCommand();

    @TempDir
    private Path folder;

    private static ServedCommand.Result ok(String... words) {
        ServedCommand.Result result = WEIR.run(words);
        assertEquals(0, result.code(), () -> List.of(words) + ": " + result.err());
        return result;
    }

    private String script(String text) throws Exception {
        Path script = folder.resolve("woken-" + System.nanoTime() + ".sh");
        Files.writeString(script, text);
        return "sh " + script;
    }

    private static Json wake(String run, int index) {
        return ok("queue", run, "--json").json().get("wakes").items().get(index);
    }

    @Test
    void aWakeIsReplayedHeadlesslyWhenItsRunHasEndedWell() throws Exception {
        Path go = folder.resolve("go");
        String woken =
                script("echo \"woken $WEIR_RUN_ID attempt $WEIR_WAKE_ATTEMPT\"; cat; echo password=hunter22 >&2\n");
        Process run = WEIR.start(
                "run",
                "-q",
                "--via",
                "http",
                "--run-id",
                "wake-a",
                "--on-wake",
                woken,
                "--linger-wakes",
                "2s",
                "--",
                "sh",
                "-c",
                "echo working; while [ ! -e " + go + " ]; do sleep 0.05; done");
        Await.until("the run is known", () -> WEIR.run("show", "wake-a").code() == 0);

        String first = ok("wake", "wake-a", "--message", "look \"here\" $HOME", "--key", "k")
                .out();
        String again = ok("wake", "wake-a", "--message", "look", "--key", "k").out();
        ok("wake", "wake-a", "--message", "and later", "--delay", "1s");
        String cancelled = ok("wake", "wake-a", "--message", "never").out().strip();
        ok("queue", "rm", "wake-a", cancelled);
        Files.createFile(go);

        assertTrue(run.waitFor(60, TimeUnit.SECONDS));
        String said = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, run.exitValue(), said);
        assertEquals(first, again);
        assertTrue(said.contains("woken wake-a attempt 1"), said);
        assertTrue(said.indexOf("look \\\"here\\\" $HOME") < said.indexOf("and later"), said);
        assertTrue(said.contains("look") && !said.contains("never"), said);
        String lines = ok("lines", "wake-a").out();
        assertTrue(lines.startsWith("working\n") && lines.contains("woken wake-a attempt 1"), lines);
        assertTrue(lines.contains("password=[masked") && !lines.contains("hunter22"), lines);
        assertEquals("done", wake("wake-a", 0).get("phase").text());
        assertTrue(ok("queue", "wake-a").out().contains("cancelled"));
        assertEquals("completed", WEIR.field("wake-a", "status"));
    }

    @Test
    void aKilledWorkersWakeComesBackWithItsAttempt() throws Exception {
        WEIR.begin("wake-killed", "");
        WEIR.end("wake-killed", 0);
        Path here = folder.resolve("here");
        Process killed = WEIR.start(
                "attend",
                "--run",
                "wake-killed",
                "--lease",
                "1s",
                "--on-wake",
                script("touch " + here + "; exec sleep 300\n"));
        ok("wake", "wake-killed", "--message", "do it", "--delay", "200ms");
        Await.until("the first worker has begun", () -> Files.exists(here));
        List<ProcessHandle> children = killed.descendants().toList();

        killed.destroyForcibly().waitFor();
        children.forEach(ProcessHandle::destroyForcibly);
        ServedCommand.Result second = WEIR.run(
                "attend",
                "--run",
                "wake-killed",
                "--count",
                "1",
                "--on-wake",
                script("echo again $WEIR_WAKE_ATTEMPT\n"));

        assertEquals(0, second.code(), second::err);
        assertTrue(second.out().contains("again 2"), second::out);
        assertEquals("done", wake("wake-killed", 0).get("phase").text());
    }

    @Test
    void aCommandThatTakesLongerThanItsLeaseKeepsItAndOnlyRunsOfTheLabelAreTaken() throws Exception {
        WEIR.begin("wake-long", ",\"labels\":{\"team\":\"a\"}");
        WEIR.begin("wake-other", ",\"labels\":{\"team\":\"b\"}");
        ok("wake", "wake-other", "--message", "x", "--when", "now");
        ok("wake", "wake-long", "--message", "x", "--when", "now");

        // Three times the lease: without renewing it the wake would be anybody's by then, and its end be refused.
        ServedCommand.Result result = WEIR.run(
                "attend", "--label", "team=a", "--lease", "1s", "--count", "1", "--on-wake", script("sleep 3\n"));

        assertEquals(0, result.code(), result::err);
        assertEquals("done", wake("wake-long", 0).get("phase").text());
        assertEquals("1", wake("wake-long", 0).get("attempt").text());
        assertFalse(wake("wake-other", 0).get("phase").text().equals("done"));
        assertTrue(
                WEIR.run("attend", "--label", "team", "--on-wake", "true").err().contains("--label"));
    }

    @Test
    void aFailedAttemptIsReportedWithItsExitCodeAndTriedAgain() throws Exception {
        WEIR.begin("wake-failing", ",\"job\":\"failing\"");

        ok("wake", "wake-failing", "--message", "x", "--when", "now", "--max-attempts", "2");
        ServedCommand.Result result = WEIR.run(
                "attend", "--job", "failing", "--count", "2", "--concurrency", "2", "--on-wake", script("exit 9\n"));

        assertEquals(0, result.code(), result::err);
        assertTrue(
                result.err().contains("attempt 1: exit 9") && result.err().contains("attempt 2: exit 9"), result::err);
        assertEquals("failed", wake("wake-failing", 0).get("phase").text());
        assertEquals("9", wake("wake-failing", 0).get("exitCode").text());
    }

    @Test
    void makesListsAndTakesAwayWebhooks() {
        String id = ok("hook", "add", "--on", "failed,stall", "--job", "j", "--url", "https://hooks.example.org/x")
                .out()
                .strip();

        assertTrue(ok("hook").out().contains(id), ok("hook")::out);
        ok("hook", "rm", id);
        assertFalse(ok("hook", "list").out().contains(id));
        assertTrue(WEIR.run("hook", "add", "--on", "failed").err().contains("--url"));
        assertTrue(WEIR.run("hook", "rm", "nope").err().contains("HOOK is 'nope'"));
        assertTrue(WEIR.run("hook", "add", "--on", "failed", "--url", "http://127.0.0.1:1/")
                .err()
                .contains("--allow-private"));
        assertTrue(
                WEIR.run("hook", "add", "--on", "failed", "--cmd", "true").err().contains("WEIR_HOOKS_COMMANDS"));
        assertTrue(WEIR.run("hook", "add", "--on", "failed", "--cmd", "./nowhere.sh")
                .err()
                .contains("--cmd is './nowhere.sh'"));
        assertTrue(WEIR.run("hook", "add", "--on", "never", "--url", "https://hooks.example.org/x")
                .err()
                .contains("novel-error"));
    }

    @Test
    void saysWhatIsWrong() {
        WEIR.begin("wake-wrong", "");

        assertTrue(WEIR.run("wake", "wake-wrong", "--message", "x", "--when", "never")
                .err()
                .contains("use ok"));
        assertTrue(WEIR.run("wake", "wake-wrong", "--message", "x", "--delay", "soon")
                .err()
                .contains("delay is 'soon'"));
        assertTrue(WEIR.run("queue", "rm").err().contains("weir queue lists"));
        String unknown = WEIR.run("queue", "rm", "wake-wrong", "nope").err();
        assertTrue(unknown.contains("no wake 'nope'") && unknown.contains("weir queue"), unknown);
        assertTrue(WEIR.run("attend", "--on-wake", "echo 'x").err().contains("a quote is not closed"));
        assertFalse(ok("queue", "wake-wrong").out().contains("wake-wrong"));
    }
}
