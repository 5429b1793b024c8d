package dev.weir.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The heap model is a cache of rows: a run whose model is rebuilt all the time goes on exactly as one that never left. */
class RebuildTest {
    private static final String[] WORDS = {
        "ant", "bee", "cat", "dog", "elk", "fox", "gnu", "hen", "ibex", "jay", "kiwi", "lark"
    };

    @Test
    void goesOnExactlyAsIfTheModelHadNeverLeft() {
        for (long seed = 1; seed <= 3; seed++) {
            try (Driven kept = new Driven(Map.of());
                    Driven rebuilt = new Driven(Map.of("weir.models.bytes", "1B"))) {
                play(kept, seed);
                play(rebuilt, seed);

                assertTrue(rebuilt.shared.counters().rebuilds.sum() > 100, "no model was rebuilt");
                assertEquals(0, kept.shared.counters().rebuilds.sum());
                assertEquals(described(kept), described(rebuilt));
                assertEquals(kept.view("run").accounting(), rebuilt.view("run").accounting());
                assertEquals(kept.view("run").signals(), rebuilt.view("run").signals());
            }
        }
    }

    private static List<String> described(Driven driven) {
        return driven.view("run", Extent.all(0).withoutSlots()).templates().stream()
                .map(template -> String.join(
                        " ",
                        Integer.toString(template.id()),
                        template.text(),
                        template.level(),
                        Long.toString(template.count()),
                        Long.toString(template.events()),
                        template.first().toString(),
                        template.last().toString(),
                        template.earlierTexts().toString(),
                        template.streams().toString()))
                .toList();
    }

    private static void play(Driven driven, long seed) {
        Random random = new Random(seed);
        long[] next = new long[2];
        for (int step = 0; step < 250; step++) {
            int which = random.nextInt(2);
            String word = WORDS[random.nextInt(WORDS.length)];
            String line = switch (random.nextInt(6)) {
                case 0 ->
                    "2026-03-01 12:00:" + (10 + random.nextInt(50)) + " INFO fed the " + word + " with "
                            + random.nextInt(9) + " g";
                case 1 -> "2026-03-01 12:00:" + (10 + random.nextInt(50)) + " ERROR the " + word + " has run away";
                case 2 -> "\tat zoo." + word + "(Cage.java:" + random.nextInt(90) + ")";
                case 3 ->
                    "{\"level\":\"warn\",\"msg\":\"gate " + random.nextInt(9) + " open\",\"keeper\":\"" + word + "\"}";
                case 4 -> word + " " + WORDS[random.nextInt(WORDS.length)];
                default -> "counted " + random.nextInt(500) + " visitors";
            };
            driven.lines("run", which == 0 ? "out" : "err", next[which]++, line);
            if (random.nextInt(3) == 0) {
                driven.lines("noise", "out", step, "tick");
            }
            if (random.nextInt(20) == 0) {
                driven.pass(Duration.ofSeconds(random.nextInt(80)));
            }
        }
    }
}
