package dev.weir.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.schemas.RunEnded;
import dev.weir.schemas.RunState;
import dev.weir.schemas.SourcePosition;
import dev.weir.schemas.ValueSerdes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class WeirTopologyTest {
    private static final Path GOLDEN = Path.of("src/test/resources/topology.txt");

    @Test
    void isThePictureInTheGoldenFile() throws IOException {
        TopologySettings settings = Driven.settings(Map.of(), Path.of("unused"));

        String drawn = WeirTopology.build(
                        settings, Driven.TOPICS, 4, ValueSerdes.own(settings.kafka()), Shared.create(), () -> 0)
                .describe()
                .toString();

        if ("update".equals(System.getProperty("weir.golden"))) {
            Files.writeString(GOLDEN, drawn);
        }
        assertEquals(Files.readString(GOLDEN), drawn);
    }

    @Test
    void countsLinesThatShareATemplate() {
        try (Driven driven = new Driven(Map.of())) {
            driven.lines("build", "stdout", 0, "opened port 8080", "opened port 9090", "done");
            driven.lines("build", "stderr", 0, "ERROR disk full on 12");

            RunView run = driven.view("build");

            assertEquals(4, run.accounting().read());
            assertEquals(4, run.accounting().counted());
            assertTrue(run.accounting().addsUp(), run.accounting().toString());
            assertEquals(
                    4,
                    run.templates().stream().mapToLong(RunView.Template::count).sum());
            RunView.Template opened = run.templates().get(0);
            assertEquals("opened port <*>", opened.text());
            assertEquals(2, opened.count());
            assertEquals(List.of("stdout"), opened.streams());
            assertEquals(new Position(0, 0), opened.first());
            assertEquals(new Position(0, 1), opened.last());
            assertEquals(RunState.RUNNING, run.life().state());
        }
    }

    @Test
    void dropsWhatItHasAndCountsWhatIsNew() {
        try (Driven driven = new Driven(Map.of())) {
            driven.lines("build", "stdout", 0, "a 1", "a 2", "a 3");
            driven.lines("build", "stdout", 1, "a 2", "a 3", "a 4");

            RunView run = driven.view("build");

            assertEquals(4, run.accounting().read());
            assertEquals(4, run.accounting().counted());
            assertEquals(2, run.accounting().duplicates());
        }
    }

    @Test
    void namesGapsAndFillsThemWhenTheyCome() {
        try (Driven driven = new Driven(Map.of())) {
            driven.lines("build", "stdout", 0, "a 1");
            driven.lines("build", "stdout", 3, "a 4");
            assertEquals(2, driven.view("build").accounting().gaps());

            driven.lines("build", "stdout", 0, "a 1", "a 2", "a 3", "a 4");

            RunView run = driven.view("build");
            assertEquals(0, run.accounting().gaps());
            assertEquals(4, run.accounting().read());
            assertEquals(2, run.accounting().duplicates());
            assertEquals(
                    List.of(new RunView.Interval(0, 4)),
                    driven.view("build", Extent.status()).sources().get(0).accepted());
        }
    }

    @Test
    void endsARunAndSaysWhatIsMissing() {
        try (Driven driven = new Driven(Map.of())) {
            driven.lines("build", "stdout", 0, "a 1", "a 2");
            driven.record("build", ended(3, List.of(position("stdout", 5))));

            RunView run = driven.view("build");

            assertEquals(RunState.FAILED, run.life().state());
            assertEquals(OptionalInt.of(3), run.life().exitCode());
            assertEquals(OptionalLong.of(3), run.accounting().missing());
            assertEquals(
                    List.of(RunState.RUNNING, RunState.FAILED),
                    driven.statuses().stream().map(status -> status.getStatus()).toList());
        }
    }

    @Test
    void buriesWhatNobodyCanReadAndCountsIt() {
        try (Driven driven = new Driven(Map.of())) {
            driven.raw("default/build", new byte[] {9, 9});
            driven.raw("no-slash", new byte[] {0});
            driven.lines("build", "stdout", 0, "a 1");

            RunView run = driven.view("build");

            assertEquals(1, run.accounting().undecodable());
            assertEquals(1, run.accounting().counted());
            assertEquals(2, driven.deadLetters().size());
        }
    }

    static RunEnded ended(int code, List<SourcePosition> sources) {
        return RunEnded.newBuilder()
                .setEndedAt(Instant.EPOCH)
                .setEpoch(1)
                .setExitCode(code)
                .setSources(sources)
                .build();
    }

    static SourcePosition position(String source, long nextSeq) {
        return SourcePosition.newBuilder().setSource(source).setNextSeq(nextSeq).build();
    }
}
