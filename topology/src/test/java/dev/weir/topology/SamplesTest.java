package dev.weir.topology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.weir.topology.rows.Layout;
import dev.weir.topology.rows.Packer;
import dev.weir.topology.rows.SlotsRow;
import dev.weir.topology.rows.TemplateRow;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Of each template the text of its first line and of its last one is kept. */
class SamplesTest {
    @Test
    void areTheFirstLineAndTheLastOfTheRun() {
        for (String models : List.of("64MiB", "1B")) {
            try (Driven driven = new Driven(Map.of("weir.models.bytes", models))) {
                driven.lines("run", "out", 0, workers(0, 20));
                driven.pass(Duration.ofMinutes(1));
                driven.lines("run", "out", 20, workers(20, 50));

                driven.record("run", WeirTopologyTest.ended(0, List.of()));

                assertEquals(List.of("worker 0 started", "worker 49 started"), samples(driven, 0), models);
                assertEquals(
                        driven.view("run").templates().get(0).last(),
                        driven.view("run").templates().get(0).samples().get(1).position());
            }
        }
    }

    @Test
    void areAsGoodAsTheLastMinuteThatClosed() {
        try (Driven driven = new Driven(Map.of())) {
            driven.lines("run", "out", 0, workers(0, 20));
            driven.lines("run", "out", 20, workers(20, 50));
            driven.pass(Duration.ofMinutes(1));

            driven.lines("run", "out", 50, "something else");

            assertEquals(List.of("worker 0 started", "worker 49 started"), samples(driven, 0));
        }
    }

    @Test
    void ofARareTemplateAreThereAtOnce() {
        try (Driven driven = new Driven(Map.of())) {
            driven.lines("run", "out", 0, "worker 1 started");
            assertEquals(List.of("worker 1 started"), samples(driven, 0));

            driven.lines("run", "out", 1, "worker 2 started");

            assertEquals(List.of("worker 1 started", "worker 2 started"), samples(driven, 0));
        }
    }

    @Test
    void ofAnEventAreItsFirstLines() {
        try (Driven driven = new Driven(Map.of())) {
            driven.lines("run", "out", 0, "job 1 failed", "\tat zoo.Cage.open(Cage.java:1)");
            driven.lines("run", "out", 2, "job 2 failed", "\tat zoo.Cage.open(Cage.java:2)");
            driven.lines("run", "out", 4, "\tat zoo.Cage.shut(Cage.java:9)");

            driven.record("run", WeirTopologyTest.ended(1, List.of()));

            assertEquals(List.of("job 1 failed", "job 2 failed"), samples(driven, 0));
        }
    }

    @Test
    void areCutAtABound() {
        try (Driven driven = new Driven(Map.of())) {
            String rest = " x".repeat(400);
            driven.lines("run", "out", 0, "1" + rest, "2" + rest);

            assertEquals(
                    List.of(TemplateRow.SAMPLE_BYTES, TemplateRow.SAMPLE_BYTES),
                    samples(driven, 0).stream().map(String::length).toList());
        }
    }

    @Test
    void areLeftAloneByARowOfAnOlderLayout() {
        TemplateRow row = new TemplateRow(1);
        row.firstSample(new TemplateRow.SampleBytes(4, 0, "first".getBytes(UTF_8)));
        row.lastSample(new TemplateRow.SampleBytes(4, 1, "later".getBytes(UTF_8)));
        byte[] older =
                new Packer().start(Layout.CURRENT - 1).blob(new byte[] {7}).toBytes();

        SlotsRow slots = SlotsRow.unpack(older);
        row.lastSample(slots.last());

        assertArrayEquals(new byte[] {7}, slots.learnt());
        assertNull(slots.last());
        assertEquals(1, row.samples().get(1).index());
    }

    private static String[] workers(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> "worker " + i + " started")
                .toArray(String[]::new);
    }

    private static List<String> samples(Driven driven, int id) {
        return driven.view("run").templates().stream()
                .filter(template -> template.id() == id)
                .flatMap(template -> template.samples().stream())
                .map(sample -> new String(sample.bytes(), UTF_8))
                .toList();
    }
}
