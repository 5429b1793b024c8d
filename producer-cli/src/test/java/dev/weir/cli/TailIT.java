package dev.weir.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.embedded.Await;
import dev.weir.embedded.KafkaUnderTest;
import dev.weir.schemas.LineBatch;
import dev.weir.schemas.RunEnded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Following files as a user does, against a real broker. */
@Timeout(300)
class TailIT {
    @RegisterExtension
    static final KafkaUnderTest kafka = KafkaUnderTest.embedded();

    @TempDir
    Path folder;

    private FakeRegistry registry;
    private WeirProcess weir;

    @BeforeAll
    static void makeTheTopic() {
        kafka.createTopic("weir.lines", 4, Map.of());
    }

    @BeforeEach
    void start() throws IOException {
        registry = FakeRegistry.start();
        weir = new WeirProcess(folder, kafka.bootstrapServers(), registry.url());
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void followsAFileThroughRenameTruncationDeletionAndReturn() throws Exception {
        Path log = folder.resolve("app.log");
        append(log, "0\n1\n2\n3\n");
        WeirProcess.Running running = weir.start("tail", "-F", "-n", "2", "--run-id", "t1", "app.log");
        running.awaitOutput("2\n3\n");

        append(log, "4\n");
        running.awaitOutput("4\n");
        Files.move(log, folder.resolve("app.log.1"));
        append(folder.resolve("app.log.1"), "5\n");
        append(log, "6\n");
        running.awaitOutput("6\n");
        Files.writeString(log, "7\n", StandardOpenOption.TRUNCATE_EXISTING);
        running.awaitOutput("7\n");
        Files.delete(log);
        append(log, "8\nlast");
        running.awaitOutput("8\n");
        running.signal("INT");
        WeirProcess.Result result = running.result();

        assertEquals(0, result.exitCode());
        RunOnTopic run = RunOnTopic.read(kafka.bootstrapServers(), "default/t1");
        assertEquals("2\n3\n4\n5\n6\n7\n8\nlast", everything(run));
        RunEnded ended = (RunEnded) run.bodies().get(run.bodies().size() - 1);
        assertEquals("stopped", ended.getReason());
    }

    @Test
    void losesNoLineAndRepeatsNoneOverRotationsUnderLoad() throws Exception {
        Path log = folder.resolve("busy.log");
        Files.createFile(log);
        WeirProcess.Running running = weir.start("tail", "-F", "--from-start", "--run-id", "t2", log.toString());
        int line = 1;
        append(log, "line 0\n");
        running.awaitOutput("line 0\n");
        for (int rotation = 0; rotation < 60; rotation++) {
            StringBuilder lines = new StringBuilder();
            for (int i = 0; i < 200; i++) {
                lines.append("line ").append(line++).append('\n');
            }
            append(log, lines.toString());
            Files.move(log, folder.resolve("busy.log." + rotation));
        }
        append(log, "line " + line + "\n");
        int written = line + 1;
        // Each file is a source of its own: the newest one's line may overtake an older one's.
        Await.until(
                "every line is on the topic",
                () -> everything(RunOnTopic.read(kafka.bootstrapServers(), "default/t2"))
                                .lines()
                                .count()
                        >= written);
        running.signal("TERM");
        running.result();

        List<String> lines = everything(RunOnTopic.read(kafka.bootstrapServers(), "default/t2"))
                .lines()
                .sorted(Comparator.comparingInt(text -> Integer.parseInt(text.substring(5))))
                .toList();
        assertEquals(line + 1, lines.size());
        for (int i = 0; i <= line; i++) {
            assertEquals("line " + i, lines.get(i));
        }
    }

    @Test
    void goesOnExactlyWhereItWasKilled() throws Exception {
        Path log = folder.resolve("k.log");
        append(log, "1\n2\n");
        WeirProcess.Running first = weir.start("tail", "--from-start", "--run-id", "t3", "k.log");
        Await.until("the place is saved", () -> saved("t3").contains("seq=2"));
        append(log, "3\n");
        first.awaitOutput("3\n");
        first.process().destroyForcibly().waitFor();
        append(log, "4\n");
        Files.move(log, folder.resolve("k.log.1"));
        append(log, "5\n");

        WeirProcess.Running second = weir.start("tail", "--from-start", "--run-id", "t3", "k.log");
        second.awaitOutput("5\n");
        second.signal("INT");
        second.result();

        assertEquals("1\n2\n3\n4\n5\n", everything(RunOnTopic.read(kafka.bootstrapServers(), "default/t3")));
    }

    @Test
    void joinsFilesOfAPatternWhenTheyAppear() throws Exception {
        append(folder.resolve("a.log"), "a\n");
        WeirProcess.Running running = weir.start("tail", "--from-start", "--run-id", "t4", "*.log");
        running.awaitOutput("a\n");

        append(folder.resolve("b.log"), "b\n");
        append(folder.resolve("c.txt"), "c\n");
        running.awaitOutput("b\n");
        running.signal("INT");
        running.result();

        assertEquals("a\nb\n", everything(RunOnTopic.read(kafka.bootstrapServers(), "default/t4")));
    }

    @Test
    void followsAThousandFilesInLittleMemory() throws Exception {
        for (int i = 0; i < 1_000; i++) {
            append(folder.resolve(i + ".log"), "line " + i + "\n");
        }
        WeirProcess.Running running = weir.start("tail", "-q", "--from-start", "--run-id", "t6", "*.log");

        Await.until(
                "every file's line is on the topic",
                () -> everything(RunOnTopic.read(kafka.bootstrapServers(), "default/t6"))
                                .lines()
                                .count()
                        == 1_000);
        running.signal("INT");

        assertEquals(0, running.result().exitCode());
    }

    @Test
    void takesStandardInputAndPassesItOn() throws Exception {
        Path in = folder.resolve("in");
        Files.writeString(in, "x\ny");
        Process process = weir.builder("tail", "--run-id", "t5", "-")
                .redirectInput(in.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String out = new String(process.getInputStream().readAllBytes(), UTF_8);

        assertEquals(0, process.waitFor());
        assertEquals("x\ny", out);
        assertEquals("x\ny", everything(RunOnTopic.read(kafka.bootstrapServers(), "default/t5")));
    }

    @Test
    void saysThatAFileIsNotThere() throws Exception {
        WeirProcess.Result result = weir.run("tail", "no.log");

        assertEquals(2, result.exitCode());
        assertTrue(new String(result.err(), UTF_8).contains("-F"), new String(result.err(), UTF_8));
    }

    private String saved(String run) throws IOException {
        return Files.readString(folder.resolve("state/tail/" + run + "/standings"));
    }

    private static void append(Path file, String text) throws IOException {
        Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** All sources' bytes, in the order in which they began. */
    private static String everything(RunOnTopic run) {
        return run.bodies().stream()
                .filter(LineBatch.class::isInstance)
                .map(body -> ((LineBatch) body).getSource())
                .distinct()
                .map(source -> new String(run.bytesOf(source), UTF_8))
                .collect(Collectors.joining());
    }
}
