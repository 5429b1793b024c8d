package dev.weir.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.schemas.TemplateEvent;
import dev.weir.schemas.TemplateEventKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TemplateEventsTest {
    @Test
    void letALateConsumerRebuildTheTemplatesOfEveryRunFromTheCompactedTopicAlone() {
        try (Driven driven = new Driven(Map.of("weir.models.bytes", "1B"))) {
            Random random = new Random(3);
            int[] next = new int[3];
            String[] verbs = {"opened", "closed", "moved", "copied", "erased", "renamed", "locked", "freed"};
            for (int step = 0; step < 200; step++) {
                int run = random.nextInt(3);
                driven.lines(
                        "run-" + run,
                        "out",
                        next[run]++,
                        "file " + verbs[random.nextInt(verbs.length)] + " by worker " + random.nextInt(9));
                driven.pass(Duration.ofMillis(random.nextInt(700)));
            }
            driven.pass(Duration.ofSeconds(2));

            Map<String, TemplateEvent> compacted = new TreeMap<>();
            driven.keyedTemplateEvents().forEach(event -> compacted.put(event.key, event.value));

            for (int run = 0; run < 3; run++) {
                String name = "run-" + run;
                List<String> rebuilt = compacted.values().stream()
                        .filter(event -> event.getRun().equals(name))
                        .filter(event -> event.getKind() != TemplateEventKind.MERGED
                                && event.getKind() != TemplateEventKind.EVICTED)
                        .map(event -> event.getTemplate() + " " + event.getText() + " " + event.getCount())
                        .sorted()
                        .toList();
                List<String> shown = driven.view(name).templates().stream()
                        .map(template -> template.id() + " " + template.text() + " " + template.count())
                        .sorted()
                        .toList();
                assertEquals(shown, rebuilt);
            }
        }
    }

    @Test
    void tellOfTemplatesThatTheLinesOfAnotherHaveShownToBeOne() {
        try (Driven driven = new Driven(Map.of())) {
            driven.lines("run", "out", 0, "mail for alice was refused", "mail for erin was refused");
            String[] users = {"alice", "bob", "carol", "dave"};
            for (int i = 0; i < users.length; i++) {
                driven.lines("run", "out", 2 + i, "session of " + users[i] + " was opened");
            }
            driven.templateEvents();

            driven.lines("run", "out", 6, "session of erin was opened");

            List<String> told = driven.templateEvents().stream()
                    .map(event -> event.getKind() + " " + event.getTemplate() + " " + event.getText())
                    .toList();
            assertTrue(told.contains("GENERALISED 0 mail for <*> was refused"), told.toString());
            assertTrue(told.contains("GENERALISED 2 session of <*> was opened"), told.toString());
            assertTrue(told.stream().anyMatch(event -> event.startsWith("MERGED 1 ")), told.toString());
            assertEquals(
                    List.of("mail for <*> was refused 2", "session of <*> was opened 5"),
                    driven.view("run").templates().stream()
                            .map(template -> template.text() + " " + template.count())
                            .sorted()
                            .toList());
        }
    }

    @Test
    void tellACountAtMostOnceASecond() {
        try (Driven driven = new Driven(Map.of())) {
            for (int i = 0; i < 100; i++) {
                driven.lines("run", "out", i, "the same again");
            }
            driven.pass(Duration.ofSeconds(1));

            List<TemplateEvent> events = driven.templateEvents();

            assertEquals(
                    List.of(TemplateEventKind.CREATED, TemplateEventKind.COUNTED),
                    events.stream().map(TemplateEvent::getKind).toList());
            assertEquals(100, events.get(1).getCount());
        }
    }

    @Test
    void tellTheCountsOfARunOfManyTemplatesInRounds() {
        String[] lines = new String[Untold.AT_ONCE + 200];
        Random random = new Random(7);
        for (int i = 0; i < lines.length; i++) {
            lines[i] = Stream.generate(() -> word(random)).limit(9).collect(Collectors.joining(" "));
        }
        try (Driven driven = new Driven(Map.of())) {
            driven.lines("run", "out", 0, lines);
            driven.lines("run", "out", lines.length, lines);
            driven.templateEvents();

            driven.pass(Duration.ofSeconds(1));
            List<TemplateEvent> first = driven.templateEvents();
            driven.lines("run", "out", 2L * lines.length, lines);
            driven.pass(Duration.ofSeconds(1));
            List<TemplateEvent> second = driven.templateEvents();
            driven.pass(Duration.ofSeconds(1));
            List<TemplateEvent> third = driven.templateEvents();

            assertEquals(Untold.AT_ONCE, first.size());
            assertEquals(200, second.size());
            assertEquals(Untold.AT_ONCE, third.size());
            Map<Integer, Long> told = new TreeMap<>();
            Stream.of(first, second, third)
                    .flatMap(List::stream)
                    .forEach(event -> told.put(event.getTemplate(), event.getCount()));
            assertEquals(lines.length, told.size());
            assertEquals(Set.of(3L), Set.copyOf(told.values()));
        }
    }

    @Test
    void tellTheCountsOfManyRunsInTurns() {
        int runs = 2 * Untold.AT_ONCE + 10;
        Map<String, Long> told = new TreeMap<>();
        List<Integer> atATick = new ArrayList<>();
        try (Driven driven = new Driven(Map.of())) {
            for (int line = 0; line < 2; line++) {
                for (int run = 0; run < runs; run++) {
                    driven.lines("run-" + run, "out", line, "the same again");
                }
            }
            driven.templateEvents();
            for (int tick = 0; tick < 3; tick++) {
                driven.lines("run-0", "out", 2 + tick, "the same again");
                driven.pass(Duration.ofSeconds(1));
                List<TemplateEvent> events = driven.templateEvents();
                atATick.add(events.size());
                events.forEach(event -> told.merge(event.getRun(), event.getCount(), Math::max));
            }
        }

        assertEquals(List.of(Untold.AT_ONCE, Untold.AT_ONCE, 11), atATick);
        assertEquals(runs, told.size());
        assertEquals(5, told.remove("run-0"));
        assertEquals(Set.of(2L), Set.copyOf(told.values()));
    }

    private static String word(Random random) {
        return random.ints(8, 'a', 'z' + 1)
                .mapToObj(letter -> String.valueOf((char) letter))
                .collect(Collectors.joining());
    }

    @Test
    void tellWhatATemplateWasAndWhatItWentInto() {
        try (Driven driven = new Driven(Map.of())) {
            List<String> words =
                    List.of("apple", "banana", "cherry", "damson", "elder", "fig", "grape", "hazel", "iris", "jasmine");
            for (int i = 0; i < words.size(); i++) {
                driven.lines("run", "out", i, "the basket now holds fruit " + words.get(i) + " and nothing else");
            }

            List<TemplateEvent> events = driven.templateEvents();
            List<TemplateEventKind> kinds = new ArrayList<>();
            events.forEach(event -> kinds.add(event.getKind()));

            assertTrue(kinds.contains(TemplateEventKind.MERGED), kinds.toString());
            assertTrue(kinds.contains(TemplateEventKind.GENERALISED), kinds.toString());
            RunView run = driven.view("run");
            assertEquals(1, run.templates().size());
            assertEquals(
                    "the basket now holds fruit <*> and nothing else",
                    run.templates().get(0).text());
            assertEquals(10, run.templates().get(0).count());
            assertEquals(new Position(0, 0), run.templates().get(0).first());
        }
    }

    @Test
    void tellOnceThatATemplateWentQuiet() {
        try (Driven driven = new Driven(Map.of())) {
            driven.lines("run", "out", 0, "once upon a time");
            for (int minute = 0; minute < 12; minute++) {
                driven.lines("run", "out", 1 + minute, "ever and again " + minute);
                driven.pass(Duration.ofMinutes(1));
            }

            List<String> quiet = driven.templateEvents().stream()
                    .filter(event -> event.getKind() == TemplateEventKind.QUIET)
                    .map(TemplateEvent::getText)
                    .toList();

            assertEquals(List.of("once upon a time"), quiet);
        }
    }
}
