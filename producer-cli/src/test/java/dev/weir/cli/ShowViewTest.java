package dev.weir.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.cli.net.Json;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShowViewTest {
    private static final Json RUN = Json.parse("""
            {"id":"r1","status":"failed","exitCode":3,"endReason":"exit","title":"nightly build",
             "startedAt":"2026-03-01T10:00:00.000Z","endedAt":"2026-03-01T10:02:05.000Z",
             "lastActivity":"2026-03-01T10:02:04.000Z","lastLine":"2026-03-01T10:02:04.000Z",
             "stateSince":"2026-03-01T10:02:05.000Z","lateLines":0,"job":"build","provider":"shell",
             "command":["sh","-c","echo 'a b'"],"host":"h","user":"u","branch":"main","commit":"abc",
             "labels":{"team":"core\\u001b[2J"},
             "accounting":{"read":12,"counted":9,"dropped":3,"droppedBy":{"level":3},"missing":1},
             "templates":4,"weather":"fine",
             "signals":[{"kind":"first-error","text":"\\u001b[31mERROR\\u001b[0m full","at":"2026-03-01T10:01:00Z","template":2}],
             "sources":[
              {"name":"stdout","stream":"stdout","accepted":[[0,5],[7,9]],"duplicates":0,"lastActivity":"2026-03-01T10:02:04.000Z","labels":{}},
              {"name":"stderr","stream":"stderr","accepted":[[0,2]],"duplicates":4,"lastActivity":"2026-02-01T10:02:04.000Z","labels":{}}]}
            """);
    private static final ShortTime CLOCK = new ShortTime(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.ofHours(1));

    @Test
    void tellsARunInSectionsWithALineForEachSource() {
        String all = String.join("\n", ShowView.lines(RUN, new Screen(true, false, 100, 24), CLOCK));

        assertEquals("""
                r1: failed (exit 3), 2 min 5 s  nightly build

                job         build
                provider    shell
                command     sh -c 'echo '\\''a b'\\'''
                host        u@h
                git         main abc
                labels      team=core␛[2J
                weather     fine

                started     11:00:00
                ended       11:02:05 (exit)
                last line   11:02:04

                lines       read 12 = counted 9 + dropped 3 (level) + evicted 0 + rejected 0; missing 1
                templates   4
                signals     11:01:00 first-error #2 ERROR full

                SOURCE  STREAM  LINES  LAST ACTIVE  DUPLICATES  HOLES
                stdout  stdout  7      11:02:04                 5-6
                stderr  stderr  2      02-01 11:02  4""", all);
    }

    @Test
    void tellsAPipeWholeMomentsAndWholeLines() {
        List<String> lines = ShowView.lines(RUN, new Screen(false, false, Integer.MAX_VALUE, 24), CLOCK);

        assertTrue(lines.contains("started     2026-03-01T10:00:00.000Z"), lines.toString());
    }

    @Test
    void isNeverWiderThanTheScreen() {
        for (String line : ShowView.lines(RUN, new Screen(true, false, 40, 24), CLOCK)) {
            assertTrue(Screen.width(line) <= 40, line);
            assertFalse(line.contains("\u001b"), line);
        }
    }

    @Test
    void shortensMomentsByHowFarTheyAre() {
        assertEquals("00:30:00", CLOCK.of("2026-02-28T23:30:00Z"));
        assertEquals("02-28 23:59", CLOCK.of("2026-02-28T22:59:00Z"));
        assertEquals("2025-12-31", CLOCK.of("2025-12-31T10:00:00Z"));
        assertEquals("soon", CLOCK.of("soon"));
        assertEquals("3 h 4 min", CLOCK.between("2026-03-01T08:56:00Z", ""));
    }
}
