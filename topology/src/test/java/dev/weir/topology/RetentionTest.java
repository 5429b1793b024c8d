package dev.weir.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.schemas.TemplateEvent;
import dev.weir.schemas.TemplateEventKind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Retention is the eviction policy; what left stays visible as a number. */
class RetentionTest {
    private static final Map<String, String> EIGHT_MINUTES = Map.of("weir.retention", "8m");

    @Test
    void countsATemplateThatARunNoLongerShowsAsEvicted() {
        try (Driven driven = new Driven(EIGHT_MINUTES)) {
            driven.lines("run", "out", 0, "once upon a time", "ever and again 1");
            for (int minute = 1; minute <= 10; minute++) {
                driven.pass(Duration.ofMinutes(1));
                driven.lines("run", "out", 1 + minute, "ever and again " + minute);
            }

            RunView run = driven.view("run");

            assertEquals(1, run.accounting().evicted());
            assertEquals(11, run.accounting().counted());
            assertTrue(run.accounting().addsUp());
            assertEquals(List.of("ever and again <*>"), texts(run));
            assertEquals(1, run.templateCount());
            assertEquals(1, kinds(driven, TemplateEventKind.EVICTED));
        }
    }

    @Test
    void doesTheSameSumForAReaderOfAnIdleRun() {
        try (Driven driven = new Driven(EIGHT_MINUTES)) {
            driven.lines("run", "out", 0, "once upon a time");
            driven.pass(Duration.ofMinutes(5));
            driven.lines("run", "out", 1, "ever and again 1");
            driven.pass(Duration.ofMinutes(5));

            RunView idle = driven.view("run");
            driven.lines("run", "out", 2, "ever and again 2");
            RunView active = driven.view("run");

            assertEquals(1, idle.accounting().evicted());
            assertEquals(1, idle.accounting().counted());
            assertTrue(idle.accounting().addsUp());
            assertEquals(List.of("ever and again <*>"), texts(active));
            assertEquals(idle.accounting().evicted(), active.accounting().evicted());
        }
    }

    @Test
    void forgetsARunThatWasIdleForLongerAndStartsAnewUnderItsName() {
        try (Driven driven = new Driven(EIGHT_MINUTES)) {
            driven.lines("run", "out", 0, "old one", "old two");
            driven.pass(Duration.ofMinutes(9));

            assertInstanceOf(Reading.Absent.class, driven.reading("run", Extent.status()));
            assertEquals(
                    List.of(), driven.reader.runs("default", Long.MAX_VALUE, 10).runs());

            driven.lines("run", "out", 0, "new");
            RunView run = driven.view("run");

            assertEquals(1, run.accounting().read());
            assertEquals(List.of("new"), texts(run));
        }
    }

    @Test
    void givesAShapeThatReturnsANewId() {
        try (Driven driven = new Driven(EIGHT_MINUTES)) {
            driven.lines("run", "out", 0, "once upon a time", "ever and again 1");
            for (int minute = 1; minute <= 10; minute++) {
                driven.pass(Duration.ofMinutes(1));
                driven.lines("run", "out", 1 + minute, "ever and again " + minute);
            }
            driven.lines("run", "out", 12, "once upon a time");

            RunView run = driven.view("run");

            assertEquals(List.of("ever and again <*>", "once upon a time"), texts(run));
            assertEquals(2, run.templates().get(1).id());
            assertEquals(1, run.templates().get(1).count());
        }
    }

    @Test
    void countsNewShapesInAnOverflowTemplateAtTheCap() {
        try (Driven driven = new Driven(Map.of("weir.templates.per.run", "16"))) {
            String[] words = "a b c d e f g h i j k l m n o p q r s t u v w x y z".split(" ");
            for (int i = 0; i < words.length; i++) {
                driven.lines("run", "out", i, (words[i] + " ").repeat(i + 2).strip());
            }

            RunView run = driven.view("run");

            assertEquals(26, run.accounting().counted());
            assertTrue(run.accounting().addsUp());
            RunView.Template overflow = run.templates().stream()
                    .filter(RunView.Template::overflow)
                    .findFirst()
                    .orElseThrow();
            assertTrue(overflow.count() >= 10, "overflow counts " + overflow.count());
            assertEquals(
                    26,
                    run.templates().stream().mapToLong(RunView.Template::count).sum());
        }
    }

    @Test
    void makesRoomAtTheCapOnlyByTemplatesIdleForABucket() {
        try (Driven driven = new Driven(Map.of("weir.templates.per.run", "16", "weir.retention", "80m"))) {
            String[] words = "a b c d e f g h i j k l m n o p".split(" ");
            for (int i = 0; i < words.length; i++) {
                driven.lines("run", "out", i, (words[i] + " ").repeat(i + 2).strip());
            }
            driven.pass(Duration.ofMinutes(25));
            driven.lines("run", "out", 16, "a a");
            driven.pass(Duration.ofMinutes(2));
            driven.lines("run", "out", 17, "something of quite another kind altogether now");

            RunView run = driven.view("run");

            assertTrue(
                    texts(run).contains("something of quite another kind altogether now"),
                    texts(run).toString());
            assertTrue(texts(run).contains("a a"), texts(run).toString());
            assertTrue(run.accounting().evicted() > 0);
            assertTrue(run.accounting().addsUp());
        }
    }

    @Test
    void letsTheIdlestRunLeaveAFullTenant() {
        try (Driven driven = new Driven(Map.of("weir.runs.per.tenant", "2"))) {
            driven.lines("first", "out", 0, "x");
            driven.pass(Duration.ofSeconds(1));
            driven.lines("second", "out", 0, "x");
            driven.pass(Duration.ofSeconds(1));
            driven.lines("first", "out", 1, "x");
            driven.lines("third", "out", 0, "x");

            assertInstanceOf(Reading.Absent.class, driven.reading("second", Extent.status()));
            assertEquals(2, driven.view("first").accounting().read());
            assertEquals(
                    List.of("first", "third"),
                    driven.reader.runs("default", Long.MAX_VALUE, 10).runs().stream()
                            .map(RunView::run)
                            .sorted()
                            .toList());

            driven.lines("second", "out", 0, "x again");
            assertEquals(1, driven.view("second").accounting().read());
        }
    }

    @Test
    void isNotHarmedByAClockAYearAheadOrBehind() {
        try (Driven driven = new Driven(EIGHT_MINUTES)) {
            driven.lines("calm", "out", 0, "good line");
            long year = Duration.ofDays(365).toMillis();
            driven.at(driven.now() + year, "default/ahead", driven.framed("out", 0, List.of(bytes("from the future"))));
            driven.at(driven.now() - year, "default/behind", driven.framed("out", 0, List.of(bytes("from the past"))));
            driven.pass(Duration.ofMinutes(3));
            driven.lines("calm", "out", 1, "good line");

            assertEquals(2, driven.view("calm").accounting().counted());
            assertEquals(1, driven.view("ahead").accounting().counted());
            assertEquals(1, driven.view("behind").accounting().counted());
        }
    }

    @Test
    void readsCountsAsOfAnEarlierMinute() {
        try (Driven driven = new Driven(Map.of())) {
            for (int minute = 0; minute < 200; minute++) {
                driven.lines("run", "out", 2L * minute, "tick " + minute, "tock " + minute);
                driven.pass(Duration.ofMinutes(1));
            }
            for (int minute : List.of(1, 59, 60, 61, 150, 199)) {
                long to =
                        Driven.START.toEpochMilli() + Duration.ofMinutes(minute).toMillis();

                RunView run = driven.view("run", Extent.all(0).until(to));

                assertEquals(
                        2L * minute,
                        run.templates().stream()
                                .mapToLong(RunView.Template::count)
                                .sum(),
                        "at minute " + minute);
            }
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> texts(RunView run) {
        return run.templates().stream().map(RunView.Template::text).toList();
    }

    private static long kinds(Driven driven, TemplateEventKind kind) {
        return driven.templateEvents().stream()
                .map(TemplateEvent::getKind)
                .filter(kind::equals)
                .count();
    }
}
