package dev.weir.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a run may take, and that its books stay right at the bound. */
class BoundsTest {
    @Test
    void aRunWhoseRowsTakeTooMuchCountsNewShapesInOverflowTemplates() {
        try (Driven driven = new Driven(Map.of("weir.bytes.per.run", "64KiB"))) {
            for (int i = 0; i < 400; i++) {
                driven.lines("run", "out", i, words(i));
            }

            RunView full = driven.view("run");
            assertTrue(full.templateCount() < 300, () -> full.templateCount() + " templates");
            assertTrue(full.templates().stream().anyMatch(RunView.Template::overflow), "nothing overflowed");
            assertEquals(400, full.accounting().counted());
            assertTrue(full.accounting().addsUp());
            assertTrue(
                    driven.shared.counters().rebuilds.sum() < 5,
                    () -> driven.shared.counters().rebuilds.sum() + " rebuilds");
        }
    }

    @Test
    void idleTemplatesMakeRoomForNewOnesAtTheBoundOfBytes() {
        try (Driven driven = new Driven(Map.of("weir.bytes.per.run", "64KiB", "weir.retention", "8h"))) {
            int next = 0;
            for (int hour = 0; hour < 10; hour++) {
                for (int i = 0; i < 100; i++) {
                    driven.lines("run", "out", next, words(next++));
                }
                driven.pass(Duration.ofMinutes(61));
            }

            RunView run = driven.view("run");
            assertTrue(run.accounting().evicted() > 0);
            assertEquals(1000, run.accounting().counted() + run.accounting().evicted());
            assertTrue(run.accounting().addsUp());
            boolean newest = run.templates().stream()
                    .anyMatch(template -> !template.overflow() && template.firstSeen() > driven.now() - 7_200_000);
            assertTrue(newest, "nothing of the last two hours has a template of its own");
        }
    }

    @Test
    void aSourceBeyondTheBoundIsRejectedOnceHoweverOftenItComes() {
        try (Driven driven = new Driven(Map.of())) {
            for (int source = 0; source < 4096; source++) {
                driven.lines("run", "source-" + source, 0, "the same");
            }
            for (int again = 0; again < 3; again++) {
                driven.lines("run", "one-more", 0, "first", "second");
                driven.lines("run", "one-more", 1, "second", "third");
            }

            Accounting books = driven.view("run", Extent.status()).accounting();
            assertEquals(4096 + 3, books.read());
            assertEquals(Map.of("more than 4096 sources in a run", 3L), books.rejected());
            assertEquals(9, books.duplicates());
            assertTrue(books.addsUp());
        }
    }

    @Test
    void aRunsBooksCanBeReadAsTheyWereAtAnyMinute() {
        try (Driven driven = new Driven(Map.of())) {
            Random random = new Random(5);
            long[] readAt = new long[90];
            long seq = 0;
            for (int minute = 0; minute < 90; minute++) {
                for (int i = 0; i < 1 + random.nextInt(4); i++) {
                    driven.lines("run", "out", seq++, "worker " + random.nextInt(9) + " did something");
                }
                readAt[minute] = seq;
                driven.pass(Duration.ofMinutes(1));
            }

            long start = Driven.START.toEpochMilli();
            for (int minute = 0; minute < 90; minute++) {
                long to = start + (minute + 1) * 60_000L;
                RunView then = driven.view("run", Extent.all(0).until(to));
                assertEquals(readAt[minute], then.accounting().read());
                assertTrue(then.accounting().addsUp());
                if (minute > 35) {
                    long sum = then.templates().stream()
                            .mapToLong(RunView.Template::count)
                            .sum();
                    assertEquals(then.accounting().counted(), sum);
                }
            }
            assertEquals(
                    0,
                    driven.view("run", Extent.all(0).until(start)).accounting().read());
        }
    }

    /** A shape of its own for every number, without a digit. */
    private static String words(int number) {
        StringBuilder line = new StringBuilder();
        for (int part = 0; part < 6; part++) {
            int at = number * 31 + part * 17;
            line.append((char) ('a' + Math.floorMod(at, 26)))
                    .append((char) ('a' + Math.floorMod(at / 26, 26)))
                    .append((char) ('a' + Math.floorMod(at / 676, 26)))
                    .append((char) ('a' + Math.floorMod(number / 7, 26)))
                    .append(' ');
        }
        return line.toString();
    }
}
