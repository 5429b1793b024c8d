package dev.weir.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.embedded.Await;
import dev.weir.embedded.KafkaUnderTest;
import dev.weir.schemas.LineBatch;
import dev.weir.schemas.RunEnded;
import dev.weir.schemas.RunStarted;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The command as a user runs it: a process of its own, a real broker, a registry that speaks the real API. */
@Timeout(300)
class RunIT {
    @RegisterExtension
    static final KafkaUnderTest kafka = KafkaUnderTest.embedded();

    @TempDir
    Path folder;

    @BeforeAll
    static void makeTheTopic() {
        kafka.createTopic("weir.lines", 4, java.util.Map.of());
    }

    @Test
    void passesOutputAndExitCodeThroughAndPublishesTheRun() throws Exception {
        try (FakeRegistry registry = FakeRegistry.start()) {
            WeirProcess weir = new WeirProcess(folder, kafka.bootstrapServers(), registry.url());

            WeirProcess.Result result = weir.run(
                    "run",
                    "--run-id",
                    "r1",
                    "--linger",
                    "60s",
                    "--job",
                    "j",
                    "-q",
                    "--",
                    "sh",
                    "-c",
                    "printf 'one\\r\\ntwo\\000'; echo \"$WEIR_RUN_ID\" >&2; printf last; exit 3");

            assertEquals(3, result.exitCode());
            assertArrayEquals("one\r\ntwo\0last".getBytes(UTF_8), result.out());
            assertEquals("r1\n", new String(result.err(), UTF_8));
            RunOnTopic run = RunOnTopic.read(kafka.bootstrapServers(), "default/r1");
            RunStarted started = (RunStarted) run.bodies().get(0);
            assertEquals("j", started.getJob());
            assertEquals("sh", started.getCommand().get(0));
            assertArrayEquals("one\r\ntwo\0last".getBytes(UTF_8), run.bytesOf("stdout"));
            assertArrayEquals("r1\n".getBytes(UTF_8), run.bytesOf("stderr"));
            RunEnded ended = (RunEnded) run.bodies().get(run.bodies().size() - 1);
            assertEquals(3, ended.getExitCode());
            assertEquals(2, ended.getSources().get(0).getNextSeq());
            assertTrue(run.bodies().stream().anyMatch(LineBatch.class::isInstance));
            assertEquals(List.of(), leftInSpool());
        }
    }

    @Test
    void losesNothingOfAGrandchildWhoseParentHasExited() throws Exception {
        try (FakeRegistry registry = FakeRegistry.start()) {
            WeirProcess weir = new WeirProcess(folder, kafka.bootstrapServers(), registry.url());

            WeirProcess.Result result = weir.run(
                    "run",
                    "--run-id",
                    "r2",
                    "--linger",
                    "60s",
                    "-q",
                    "--",
                    "sh",
                    "-c",
                    "(for i in $(seq 2000); do echo line $i; done; sleep 0.3; echo late) & exit 0");

            assertEquals(0, result.exitCode());
            assertTrue(new String(result.out(), UTF_8).endsWith("line 2000\nlate\n"));
            assertArrayEquals(
                    result.out(),
                    RunOnTopic.read(kafka.bootstrapServers(), "default/r2").bytesOf("stdout"));
        }
    }

    @Test
    void leavesTheChildAloneWhenItIsKilledAndDeliversTheRestLater() throws Exception {
        try (FakeRegistry registry = FakeRegistry.start()) {
            WeirProcess weir = new WeirProcess(folder, kafka.bootstrapServers(), registry.url());
            Path mark = folder.resolve("ended");
            WeirProcess.Running running = weir.start(
                    "run",
                    "--run-id",
                    "r4",
                    "-q",
                    "--",
                    "sh",
                    "-c",
                    "for i in $(seq 400); do echo line $i; echo err $i >&2; sleep 0.005; done; touch " + mark);
            running.awaitOutput("line 100\n");

            running.process().destroyForcibly().waitFor();
            Await.until("the child ends on its own", () -> Files.exists(mark));
            WeirProcess.Result resumed = weir.run("resume", "r4");

            assertEquals(0, resumed.exitCode(), new String(resumed.err(), UTF_8));
            RunOnTopic run = RunOnTopic.read(kafka.bootstrapServers(), "default/r4");
            assertEquals(numbered("line", 400), new String(run.bytesOf("stdout"), UTF_8));
            assertEquals(numbered("err", 400), new String(run.bytesOf("stderr"), UTF_8));
            assertEquals("sh", ((RunStarted) run.bodies().get(0)).getCommand().get(0));
            assertEquals(List.of(), leftInSpool());
        }
    }

    private static String numbered(String word, int count) {
        StringBuilder all = new StringBuilder();
        for (int i = 1; i <= count; i++) {
            all.append(word).append(' ').append(i).append('\n');
        }
        return all.toString();
    }

    @Test
    void deliversLaterWhatKafkaCouldNotTake() throws Exception {
        new WeirProcess(folder, "127.0.0.1:1", "http://127.0.0.1:1")
                .run("run", "--run-id", "r5", "-q", "--linger", "0s", "--", "sh", "-c", "echo kept; exit 4");
        try (FakeRegistry registry = FakeRegistry.start()) {
            new WeirProcess(folder, kafka.bootstrapServers(), registry.url()).run("resume", "-q");
        }

        RunOnTopic run = RunOnTopic.read(kafka.bootstrapServers(), "default/r5");
        RunEnded ended = (RunEnded) run.bodies().get(run.bodies().size() - 1);
        assertEquals("kept\n", new String(run.bytesOf("stdout"), UTF_8));
        assertEquals(4, ended.getExitCode());
    }

    @Test
    void masksSecretsInLinesAndCommandButNotInThePassedOutput() throws Exception {
        try (FakeRegistry registry = FakeRegistry.start()) {
            WeirProcess weir = new WeirProcess(folder, kafka.bootstrapServers(), registry.url());

            WeirProcess.Result result = weir.run(
                    "run",
                    "--run-id",
                    "r6",
                    "--linger",
                    "60s",
                    "-q",
                    "--mask",
                    "ticket=T-[0-9]+",
                    "--",
                    "sh",
                    "-c",
                    "echo password=hunter22 for T-17",
                    "--token=abcdef99");

            assertEquals("password=hunter22 for T-17\n", new String(result.out(), UTF_8));
            RunOnTopic run = RunOnTopic.read(kafka.bootstrapServers(), "default/r6");
            assertEquals("password=[masked:key-value] for [masked:ticket]\n", new String(run.bytesOf("stdout"), UTF_8));
            assertEquals(
                    "--token=[masked:key-value]",
                    ((RunStarted) run.bodies().get(0)).getCommand().get(3));
        }
    }

    @Test
    void saysWhereTheLinesWaitWhenKafkaIsAway() throws Exception {
        WeirProcess weir = new WeirProcess(folder, "127.0.0.1:1", "http://127.0.0.1:1");

        WeirProcess.Result result = weir.run("run", "--run-id", "r3", "--linger", "300ms", "--", "echo", "kept");

        assertEquals(0, result.exitCode());
        assertEquals("kept\n", new String(result.out(), UTF_8));
        assertTrue(new String(result.err(), UTF_8).contains("weir resume r3"), new String(result.err(), UTF_8));
        assertEquals("kept\n", Files.readString(folder.resolve("state/spool/r3/stdout.raw")));
    }

    @Test
    void runsTheJobAlsoWhereNothingCanBeWritten() throws Exception {
        Files.writeString(folder.resolve("state"), "a file where a folder should be");
        WeirProcess weir = new WeirProcess(folder, "127.0.0.1:1", "http://127.0.0.1:1");

        WeirProcess.Result result =
                weir.run("run", "--run-id", "r7", "--linger", "0s", "--", "sh", "-c", "echo hi; exit 3");
        String said = new String(result.err(), UTF_8);
        Path instead = Path.of(said.replaceAll("(?s).*it waits in (\\S+) for.*", "$1"));
        String kept = Files.readString(instead.resolve("stdout.raw"));
        WeirProcess.Result strict = weir.run("run", "--strict", "--", "true");

        assertEquals(3, result.exitCode());
        assertEquals("hi\n", new String(result.out(), UTF_8));
        assertEquals("hi\n", kept, said);
        assertTrue(said.contains("weir resume --spool " + instead.getParent() + " r7"), said);
        assertTrue(said.contains("run r7 exited 3 after"), said);
        assertFalse(said.contains("lines"), said); // nobody has counted them
        assertEquals(125, strict.exitCode());
        try (Stream<Path> files = Files.walk(instead.getParent())) {
            files.sorted(java.util.Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        }
    }

    @Test
    void tellsNotFoundFromNotExecutableFromMisuse() throws Exception {
        WeirProcess weir = new WeirProcess(folder, "127.0.0.1:1", "http://127.0.0.1:1");

        assertEquals(127, weir.run("run", "--", "no-such-command").exitCode());
        assertEquals(126, weir.run("run", "--", "/etc/passwd").exitCode());
        assertEquals(125, weir.run("run", "--jbo", "x", "--", "true").exitCode());
        assertEquals(List.of(), leftInSpool());
    }

    private List<Path> leftInSpool() throws Exception {
        try (Stream<Path> left = Files.list(folder.resolve("state/spool"))) {
            return left.toList();
        }
    }
}
