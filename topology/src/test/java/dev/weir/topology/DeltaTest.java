package dev.weir.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.topology.rows.Delta;
import dev.weir.topology.rows.Layout;
import dev.weir.topology.rows.RowKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.kstream.Windowed;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.junit.jupiter.api.Test;

/** Runs of more templates than a batch can write all pages of. */
class DeltaTest {
    private static final int TEMPLATES = 1500;
    private static final int BATCH = 200;
    private static final int STAMP = 8;

    @Test
    void countsOfManyTemplatesAreRightAfterEveryBatchAndFromRowsAlone() {
        for (String models : List.of("64MiB", "1B")) {
            try (Driven driven = new Driven(Map.of("weir.models.bytes", models))) {
                History history = new History(driven);
                for (int step = 0; step < 60; step++) {
                    history.batch(step % 7 == 3 ? 3 : BATCH);
                    history.check(models + ", step " + step);
                    if (step % 3 == 0) {
                        driven.lines("noise", "out", step, "tick");
                    }
                    if (step % 20 == 19) {
                        driven.pass(Duration.ofSeconds(70));
                    }
                }
            }
        }
    }

    @Test
    void aBatchWritesOneRowForAllItsTemplatesAndAClosedMinuteKeepsPagesOnly() {
        try (Driven driven = new Driven(Map.of())) {
            History history = new History(driven);
            // A template's first eight places are in its row.
            for (int i = 0; i < 8; i++) {
                history.batch(TEMPLATES);
            }
            long before = driven.shared.counters().puts.sum();

            for (int i = 0; i < Delta.MOST; i++) {
                history.batch(BATCH);
            }

            long puts = driven.shared.counters().puts.sum() - before;
            assertTrue(puts < 3 * Delta.MOST + 3 * TEMPLATES / 128, puts + " puts");
            assertTrue(deltas(driven) > 0, "no delta was written");
            driven.pass(Duration.ofMinutes(1));
            history.batch(1);
            assertEquals(0, deltas(driven));
            history.check("after the minute");
        }
    }

    @Test
    void earlierMinutesStayWhatTheyWere() {
        try (Driven driven = new Driven(Map.of())) {
            History history = new History(driven);
            history.batch(TEMPLATES);
            history.batch(BATCH);
            Map<String, Long> then = new TreeMap<>(history.counts);
            driven.pass(Duration.ofMinutes(1));
            long minute = Buckets.minute(driven.now());

            history.batch(BATCH);
            driven.pass(Duration.ofMinutes(1));
            history.batch(BATCH);

            assertEquals(then, History.counts(driven.view("run", Extent.all(0).until(minute))));
        }
    }

    @Test
    void theLayoutBeforeIsRead() {
        try (Driven driven = new Driven(Map.of("weir.models.bytes", "1B"))) {
            driven.lines("run", "out", 0, "one", "two", "one");
            try (KeyValueIterator<Windowed<Bytes>, byte[]> all = driven.rows.all()) {
                List<Runnable> rewritten = new ArrayList<>();
                all.forEachRemaining(row -> rewritten.add(() -> {
                    byte[] older = row.value.clone();
                    older[STAMP] = Layout.CURRENT - 1;
                    driven.rows.put(row.key.key(), older, row.key.window().start());
                }));
                rewritten.forEach(Runnable::run);
            }
            driven.lines("noise", "out", 0, "tick");

            driven.lines("run", "out", 3, "one");

            assertEquals(1, driven.shared.counters().rebuilds.sum());
            assertEquals(Map.of("one", 3L, "two", 1L), History.counts(driven.view("run")));
        }
    }

    private static int deltas(Driven driven) {
        int deltas = 0;
        try (KeyValueIterator<Windowed<Bytes>, byte[]> all = driven.rows.all()) {
            while (all.hasNext()) {
                var key = all.next().key.key();
                deltas += key.get()[0] == RowKey.TALLY && Delta.is(RowKey.number(key)) ? 1 : 0;
            }
        }
        return deltas;
    }

    /** A run that says one of many things, and how often it has said each. */
    private static final class History {
        final Map<String, Long> counts = new TreeMap<>();
        private final Driven driven;
        private final Random random = new Random(5);
        private final List<String> texts = new ArrayList<>();
        private long next;

        History(Driven driven) {
            this.driven = driven;
            for (int i = 0; i < TEMPLATES; i++) {
                StringBuilder text = new StringBuilder();
                for (int letter = 0; letter < 32; letter++) {
                    text.append(letter % 8 == 7 ? ' ' : (char) ('a' + random.nextInt(26)));
                }
                texts.add(text + "end");
            }
        }

        /** All of them, or so many by chance. */
        void batch(int size) {
            String[] lines = new String[size];
            for (int i = 0; i < size; i++) {
                lines[i] = texts.get(size == TEMPLATES ? i : random.nextInt(TEMPLATES));
                counts.merge(lines[i], 1L, Long::sum);
            }
            driven.lines("run", "out", next, lines);
            next += size;
        }

        void check(String when) {
            RunView run = driven.view("run", Extent.all(0).withoutSlots());
            assertEquals(counts, counts(run), when);
            assertEquals(next, run.accounting().counted(), when);
            assertTrue(run.accounting().addsUp(), when);
        }

        static Map<String, Long> counts(RunView run) {
            Map<String, Long> counts = new TreeMap<>();
            run.templates().forEach(template -> counts.put(template.text(), template.count()));
            return counts;
        }
    }
}
