package dev.weir.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.weir.cli.net.Json;
import dev.weir.embedded.Await;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The commands that read runs, against a real server. */
@Timeout(300)
class ReadingIT {
    @RegisterExtension
    static final ServedCommand WEIR = new ServedCommand();

    @BeforeAll
    static void runs() {
        WEIR.begin("read-good", ",\"job\":\"read\",\"title\":\"last week\"");
        WEIR.lines(
                "read-good",
                "worker 1 started\nworker 2 started\nuser=eve logged in\nuser=dan logged in\nuser=cat logged in\nuser=ann logged in\nuser=bob logged in\nall done\n");
        WEIR.end("read-good", 0);
        WEIR.begin("read-bad", ",\"job\":\"read\",\"provider\":\"github\",\"title\":\"today\"");
        WEIR.lines(
                "read-bad",
                "worker 1 started\nworker 2 started\nERROR disk full on sda1\n\u001b[31mred\u001b[0m alert\n");
        WEIR.end("read-bad", 3);
        WEIR.counted("read-bad", 4);
    }

    private static ServedCommand.Result ok(String... words) {
        ServedCommand.Result result = WEIR.run(words);
        assertEquals(0, result.code(), () -> List.of(words) + ": " + result.err());
        return result;
    }

    private static String refused(int code, String... words) {
        ServedCommand.Result result = WEIR.run(words);
        assertEquals(code, result.code(), () -> List.of(words) + ": " + result.out());
        return result.err();
    }

    @Test
    void listsRunsByJobStatusAndProvider() {
        String all = ok("runs", "--all").out();
        String github = ok("runs", "--all", "--provider", "github").out();
        List<Json> failed = ok("runs", "--status", "failed", "--job", "read", "--json")
                .json()
                .get("runs")
                .items();

        assertTrue(all.contains("read-good") && all.contains("today"), all);
        assertTrue(github.contains("read-bad") && !github.contains("read-good"), github);
        assertEquals(
                List.of("read-bad"),
                failed.stream().map(run -> run.get("id").text()).toList());
        String ofJob = ok("runs", "--job", "read").out();
        assertTrue(ofJob.lines().anyMatch(line -> line.matches("read-bad +failed +3 +read .* today")), ofJob);
        assertTrue(ok("runs", "--status", "running", "--job", "none").out().startsWith("RUN"));
        assertTrue(refused(2, "runs", "--status", "dead").contains("use started"));
    }

    @Test
    void saysWhatARunSaidThen() {
        String soon = Instant.now().plusSeconds(60).toString();

        Json before = ok("snapshot", "read-bad", "--at", "1h", "--json").json();
        Json then = ok("snapshot", "read-bad", "--at", soon, "--json").json();

        assertEquals("0", before.get("accounting").get("counted").text());
        assertEquals(List.of(), before.get("templates").items());
        assertEquals("4", then.get("accounting").get("counted").text());
        assertEquals(3, then.get("templates").items().size());
    }

    @Test
    void asksAnOlderServerAgainWithoutWhatItDoesNotKnow() throws Exception {
        List<String> asked = new CopyOnWriteArrayList<>();
        HttpServer older = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        older.createContext("/v1/runs/old", exchange -> {
            String query = String.valueOf(exchange.getRequestURI().getQuery());
            asked.add(query);
            boolean unknown = query.contains("evidence");
            byte[] answer = (unknown
                            ? "{\"status\":400,\"code\":\"bad-parameter\",\"detail\":\"There is no parameter 'evidence' here\"}"
                            : "old: completed\n")
                    .getBytes(UTF_8);
            exchange.sendResponseHeaders(unknown ? 400 : 200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        older.start();

        ServedCommand.Result result = WEIR.runElsewhere(
                "http://127.0.0.1:" + older.getAddress().getPort(), "snapshot", "old", "--level", "error");
        older.stop(0);

        assertEquals(0, result.code(), result.err());
        assertEquals("old: completed\n", result.out());
        assertTrue(asked.get(asked.size() - 2).contains("evidence="), asked.toString());
        assertTrue(asked.get(asked.size() - 1).contains("level=error+"), asked.toString());
    }

    @Test
    void countsTheErrorsThatTheJobsLastGoodRunLacked() {
        WEIR.begin("novel-good", ",\"job\":\"novel\"");
        WEIR.lines("novel-good", "ERROR as ever\nfine\n");
        WEIR.end("novel-good", 0);
        int[] probe = {0};

        // A baseline reaches every partition by way of a topic.
        Await.until("a run knows of the good one", () -> {
            String run = "novel-" + probe[0]++;
            WEIR.begin(run, ",\"job\":\"novel\"");
            WEIR.lines(run, "ERROR as ever\nERROR of today\n");
            WEIR.counted(run, 2);
            return ok("runs", "--job", "novel").out().lines().anyMatch(line -> line.matches(run + " .* 2 +2 +1"));
        });
    }

    @Test
    void understandsEveryWordForARun() {
        assertEquals("read-bad", ok("show", "@read", "--json").json().get("id").text());
        assertEquals(
                "read-good", ok("show", "@read~1", "--json").json().get("id").text());
        assertEquals(
                "read-good", ok("show", "read-g", "--json").json().get("id").text());
        assertTrue(ok("show", "read-bad").out().startsWith("read-bad: failed (exit 3)"));
        assertTrue(refused(2, "show", "read-").contains("type more of it"));
        assertTrue(refused(2, "show", "@read~7").contains("has 2 runs"));
        assertTrue(refused(2, "show", "a b").contains("weir runs --all"));
        assertTrue(refused(1, "show", "nowhere").contains("weir runs --all"));
        assertTrue(refused(2, "show").contains("no run of this directory"));
    }

    @Test
    void showsASnapshotPlainInAPipeAndSafeForATerminal() {
        String text = ok("snapshot", "read-bad").out();
        Json json = ok("snapshot", "read-bad", "--json", "--budget", "400").json();
        String errors = ok("snapshot", "--failed", "@read", "--level", "error").out();
        String matching =
                ok("snapshot", "read-bad", "--grep", "wor.er .* started$").out();

        assertTrue(text.contains("read 4 = counted 4") && text.contains("ERROR disk full on"), text);
        assertFalse(text.contains("\u001b"), text);
        assertEquals(4, json.get("accounting").get("read").number());
        assertTrue(errors.contains("disk full") && !errors.contains("worker <*>"), errors);
        assertTrue(matching.contains("worker <*> started") && !matching.contains("red"), matching);
        assertTrue(ok("snapshot", "read-bad", "--format", "markdown").out().contains("|"));
        assertTrue(refused(2, "snapshot", "read-bad", "--format", "xml").contains("markdown"));
        assertTrue(refused(2, "snapshot", "read-bad", "--window", "soon").contains("window"));
    }

    @Test
    void remembersForEachReaderWhereItStopped() {
        WEIR.begin("read-since", "");
        WEIR.lines("read-since", "first\n");
        WEIR.counted("read-since", 1);

        String whole = ok("snapshot", "read-since", "--since", "last").out();
        String nothing = ok("snapshot", "read-since", "--since", "last").out();
        WEIR.lines("read-since", "and another\n");
        WEIR.counted("read-since", 2);
        String delta = ok("snapshot", "read-since", "--since", "last").out();
        String other = ok("snapshot", "read-since", "--since", "last", "--reader", "other")
                .out();

        assertTrue(whole.contains("first"), whole);
        assertFalse(nothing.contains("first"), nothing);
        assertTrue(delta.contains("and another") && !delta.contains(" first"), delta);
        assertTrue(other.contains("first") && other.contains("and another"), other);
    }

    @Test
    void leadsFromATemplateToItsLines() {
        int users = template("read-good", "logged in");
        String lines =
                ok("expand", "read-good", Integer.toString(users), "-C", "1").out();
        String ann =
                ok("expand", "read-good", "#" + users, "--slot", "user=ann").out();

        assertTrue(lines.contains("> user=bob logged in") && lines.contains("  all done"), lines);
        assertEquals("user=ann logged in\n", ann);
        assertTrue(refused(2, "expand", "read-good", "x").contains("number before it"));
        assertTrue(refused(1, "expand", "read-good", "4711").contains("4711"));
    }

    private static int template(String run, String text) {
        return ok("snapshot", run, "--json").json().get("templates").items().stream()
                .filter(template -> template.get("text").text().contains(text))
                .mapToInt(template -> (int) template.get("id").number())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void givesRawLinesAsTheyWere() {
        String position = ok("lines", "read-good", "--grep", "^user=ann", "--json")
                .json()
                .get("position")
                .text();

        assertEquals(
                "worker 1 started\nworker 2 started\nERROR disk full on sda1\n\u001b[31mred\u001b[0m alert\n",
                ok("lines", "read-bad").out());
        assertEquals("all done\n", ok("lines", "read-good", "-n", "1").out());
        assertEquals(
                "user=cat logged in\nuser=ann logged in\nuser=bob logged in\n",
                ok("lines", "read-good", "--around", position, "-n", "1").out());
        assertEquals(
                "ERROR disk full on sda1\n",
                ok("lines", "read-bad", "-f", "--grep", "ERR.R").out());
        assertTrue(refused(2, "lines", "read-bad", "--grep", "(").contains("RE2"));
    }

    @Test
    void watchesUntilTheEndAndExitsAsTheRunDid() {
        ServedCommand.Result ended = WEIR.run("watch", "read-bad");
        ServedCommand.Result timedOut = WEIR.run("watch", "read-good", "--until", "match:never", "--timeout", "200ms");
        ServedCommand.Result said = WEIR.run("watch", "read-bad", "--compact", "--until", "count:0>=2");

        assertEquals(3, ended.code(), ended::err);
        assertEquals("run read-bad: exit, failed, exit 3\n", ended.out());
        assertEquals(124, timedOut.code());
        assertTrue(timedOut.err().contains("match:never"), timedOut::err);
        assertEquals(3, said.code(), said::err);
        assertTrue(said.out().startsWith("run read-bad: count:0>=2"), said::out);
        assertTrue(refused(2, "watch", "read-bad", "--until", "never").contains("use exit"));
        assertTrue(refused(2, "watch", "read-bad", "--timeout", "soon").contains("--timeout is 'soon'"));
        String tail = ok("watch", "read-bad", "--tail", "2").out();
        assertEquals(3, tail.lines().count(), tail);
        assertTrue(tail.endsWith("run read-bad: failed, exit 3, read 4\n"), tail);
    }

    @Test
    void watchesAcrossARestartOfTheServerWithoutMissingTheEvent() throws Exception {
        WEIR.begin("read-survivor", "");
        WEIR.lines("read-survivor", "still well\n");
        WEIR.counted("read-survivor", 1);
        double before = WEIR.snapshotsAsked();
        Process watch = WEIR.start("watch", "read-survivor", "--until", "match:now it", "--until", "error");
        Await.until("the watch has begun", () -> WEIR.snapshotsAsked() > before);

        WEIR.restartedAfter(() -> assertTrue(watch.isAlive(), () -> errors(watch)));
        WEIR.lines("read-survivor", "now it happened\n");

        assertTrue(watch.waitFor(60, TimeUnit.SECONDS));
        String said = new String(watch.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, watch.exitValue(), said);
        assertTrue(said.startsWith("run read-survivor: match:now it"), said);
    }

    private static String errors(Process process) {
        try {
            return new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (java.io.IOException gone) {
            throw new AssertionError(gone);
        }
    }

    @Test
    void isToldOfARunThatHasStalled() throws Exception {
        WEIR.begin("read-stalls", "");
        for (int i = 0; i < 30; i++) {
            WEIR.lines("read-stalls", "step " + i + "\n");
        }
        WEIR.counted("read-stalls", 30);

        ServedCommand.Result result = WEIR.run("watch", "read-stalls", "--until", "stall", "--timeout", "2m");

        assertEquals(0, result.code(), result::err);
        assertTrue(result.out().startsWith("run read-stalls: stall"), result::out);
    }

    @Test
    void namesTheFlagThatWasMistyped() {
        assertTrue(refused(2, "snapshot", "read-bad", "--at", "never").contains("--at is 'never'"));
        assertTrue(refused(2, "snapshot", "read-bad", "--level", "foo").contains("--level is 'foo'"));
        assertTrue(refused(2, "snapshot", "read-bad", "--grep", "[").contains("--grep is '['"));
    }

    @Test
    void replaysNoFasterThanItWasAsked() throws Exception {
        Path file = WEIR.folder().resolve("paced.weir");
        try (Writer out = new OutputStreamWriter(new GZIPOutputStream(Files.newOutputStream(file)), UTF_8)) {
            out.write("{\"weirRun\":1,\"run\":{\"id\":\"paced\",\"exitCode\":0}}\n");
            for (int i = 0; i < 3; i++) {
                out.write("{\"source\":\"s\",\"stream\":\"stdout\",\"text\":\"step " + i
                        + "\",\"read\":\"2026-01-01T00:00:0" + 3 * i + "Z\"}\n");
            }
        }

        long begun = System.nanoTime();
        ok("replay", file.toString(), "--speed", "10", "--run-id", "read-paced");
        Duration took = Duration.ofNanos(System.nanoTime() - begun);

        // Six seconds in a tenth of the time; that a busy machine takes longer says nothing.
        assertTrue(took.toMillis() >= 600, took.toString());
        WEIR.counted("read-paced", 3);
        assertEquals("step 0\nstep 1\nstep 2\n", ok("lines", "read-paced").out());
        assertTrue(refused(2, "replay", file.toString(), "--speed", "-1").contains("--speed is -1"));
    }

    @Test
    void comparesTwoRunsAndSaysItWithItsExitCode() {
        String diff = ok("diff", "read-bad", "--baseline", "last-good").out();
        ServedCommand.Result different = WEIR.run("diff", "read-good", "read-bad", "--exit-code", "--json");

        assertTrue(diff.contains("--- read-good") && diff.contains("+++ read-bad"), diff);
        assertTrue(diff.contains("ERROR  ERROR disk full on sda1"), diff);
        assertEquals(1, different.code());
        assertTrue(different.json().get("gone").get("total").number() >= 2);
        assertEquals(0, WEIR.run("diff", "read-bad", "read-bad", "--exit-code").code());
        assertEquals(2, WEIR.run("diff", "read-bad", "nowhere", "--exit-code").code());
        assertTrue(refused(1, "diff", "read-good").contains("ended well"));
    }

    @Test
    void carriesARunInOneFileAndMarksWhatIsImported() throws Exception {
        WEIR.begin("read-bytes", ",\"labels\":{\"a\":\"b\"}");
        WEIR.lines("read-bytes", "one\nno newline");
        WEIR.end("read-bytes", 7);
        WEIR.counted("read-bytes", 2);
        Path file = WEIR.folder().resolve("carried.weir");

        ok("export", "read-bytes", "-o", file.toString());
        ok("import", file.toString(), "--run-id", "read-imported");
        WEIR.counted("read-imported", 2);
        ok("replay", file.toString(), "--speed", "0", "--run-id", "read-replayed", "--job", "again");
        WEIR.counted("read-replayed", 2);

        Json imported = WEIR.state("read-imported");
        assertEquals("import", imported.get("provider").text());
        assertEquals("read-bytes", imported.get("labels").get("import").text());
        assertEquals("7", imported.get("exitCode").text());
        assertEquals("one\nno newline", ok("lines", "read-imported").out());
        assertEquals("again", WEIR.field("read-replayed", "job"));
        assertTrue(refused(2, "export", "read-bytes", "-o", file.toString()).contains("--force"));
        Files.write(file, Base64.getDecoder().decode("H4sIAAAA"));
        assertTrue(refused(2, "import", file.toString()).contains("weir export"));
        assertTrue(refused(2, "import", "/nowhere.weir").contains("check the path"));
    }

    @Test
    void saysWhatToDoWhenNobodyIsThere() {
        ServedCommand.Result away = WEIR.runElsewhere("http://127.0.0.1:1", "runs");

        assertEquals(1, away.code());
        assertTrue(away.err().contains("weir up") && away.err().contains("WEIR_URL"), away::err);
    }
}
