package dev.weir.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.cli.net.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

class SnapshotViewTest {
    private static final Json SNAPSHOT = Json.parse("""
            {"run":{"id":"r1","status":"failed","exitCode":3,"title":"nightly build",
              "startedAt":"2026-01-01T00:00:00.000Z","endedAt":"2026-01-01T00:02:05.000Z"},
             "accounting":{"read":1204,"counted":1204,"duplicates":7},
             "firstError":{"template":1,"text":"ERROR disk full"},
             "templates":[
              {"id":1,"level":"ERROR","count":4,"novel":true,"trend":[0,0,4],"text":"ERROR disk full on \\u001b[2J<*>","samples":["ERROR disk full on sda1"]},
              {"id":0,"level":"NONE","count":1200,"trend":[100,1000,100],"text":"値 worker <*> of a very long line that no terminal shows in whole"}],
             "signals":[{"kind":"loop","text":"2 templates"}],
             "omitted":{"templates":5,"lines":80,"signals":3,"why":"budget"}}
            """);

    @Test
    void isNeverWiderThanTheScreenAndNeverLetsControlCodesThrough() {
        for (int columns : new int[] {40, 60, 200}) {
            for (String line : SnapshotView.lines(SNAPSHOT, new Screen(true, false, columns, 24), true)) {
                assertTrue(line.codePoints().map(Screen::width).sum() <= columns, () -> columns + ": " + line);
                assertFalse(line.contains("\u001b"), line);
            }
        }
    }

    @Test
    void showsStatusCountsTrendsAndWhatIsNovel() {
        List<String> lines = SnapshotView.lines(SNAPSHOT, new Screen(true, false, 120, 24), true);
        String all = String.join("\n", lines);

        assertEquals("r1: failed (exit 3), 2 min 5 s  nightly build", lines.get(0));
        assertTrue(all.contains("read 1204 = counted 1204 + dropped 0"), all);
        assertTrue(all.contains("duplicates 7"), all);
        assertTrue(all.contains("    4             █  ERROR  #1 [novel] ERROR disk full on ␛[2J<*>"), all);
        assertTrue(all.contains("1,200           ▁█▁"), all);
        assertTrue(all.contains("e.g. ERROR disk full on sda1"), all);
        assertTrue(all.contains("signal: loop 2 templates"), all);
        assertTrue(all.contains("omitted: 5 templates, 80 lines, 3 signals (budget)"), all);
    }

    @Test
    void coloursByLevelWhereColoursAreWanted() {
        String all = String.join("\n", SnapshotView.lines(SNAPSHOT, new Screen(true, true, 120, 24), false));

        assertTrue(all.contains("\u001b[31mERROR\u001b[0m"), all);
        assertTrue(all.contains("\u001b[1;35m[novel] \u001b[0m"), all);
        assertFalse(all.contains("e.g."), all);
    }

    @Test
    void overwritesTheFrameBefore() {
        assertEquals("a\u001b[K\nb\u001b[K\n\u001b[J", LiveView.frame(List.of("a", "b"), 0));
        assertEquals("\r\u001b[2Ac\u001b[K\n\u001b[J", LiveView.frame(List.of("c"), 2));
    }

    @Test
    void takesTabsForAsWideAsATerminalDoes() {
        Screen screen = new Screen(true, false, 20, 24);

        assertEquals("      at a", screen.cut("\tat a", 2));
        assertTrue(Screen.width(screen.cut("abcd\tefgh\tijkl", 2)) <= 18);
    }

    @Test
    void leavesOutSamplesThatDifferInColourOnly() {
        Json coloured = Json.parse("""
                {"run":{"id":"r1","status":"failed"},"accounting":{"read":1,"counted":1},
                 "templates":[{"id":1,"level":"ERROR","count":1,"text":"ERROR full","samples":["\\u001b[31mERROR\\u001b[0m full"]}]}
                """);

        String all = String.join("\n", SnapshotView.lines(coloured, new Screen(true, false, 120, 24), true));

        assertFalse(all.contains("e.g."), all);
    }

    @Test
    void overwritesAFrameThatANarrowerTerminalHasFolded() {
        assertEquals(4, LiveView.taken(List.of("12345678901", "", "\u001b[31m値値値\u001b[0m"), 10));
    }
}
