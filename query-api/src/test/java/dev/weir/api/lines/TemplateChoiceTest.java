package dev.weir.api.lines;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weir.api.Views;
import dev.weir.schemas.RunState;
import dev.weir.topology.RunView;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TemplateChoiceTest {
    private static final String FAILED = "12:00:01 ERROR auth.Session renewed token 7";
    private static final String RENEWED = "12:00:02 INFO auth.Session renewed token 8";
    /** Levels that say nothing is wrong share a template. */
    private static final String SLOW = "12:00:02 WARN auth.Session renewed token 9";

    private static final String OPENED = "12:00:03 INFO auth.Session opened";
    private static final String OTHER = "12:00:04 INFO something else";

    private final RunView run = Views.run(
            "default",
            "run",
            9,
            RunState.RUNNING,
            Views.template(1, "ERROR", 1, "auth.Session renewed token <*>", 1, 1),
            Views.template(2, "INFO", 1, "auth.Session renewed token <*>", 2, 2),
            Views.template(3, "INFO", 1, "auth.Session <*>", 3, 3));

    private List<String> through(Set<Integer> only, Set<Integer> not) {
        TemplateChoice choice = new TemplateChoice(run, only, not);
        return List.of(FAILED, RENEWED, SLOW, OPENED, OTHER).stream()
                .filter(choice)
                .toList();
    }

    @Test
    void tellsLinesOfOneTextByTheLevelTheySay() {
        assertEquals(List.of(FAILED), through(Set.of(1), Set.of()));
        assertEquals(List.of(RENEWED, SLOW), through(Set.of(2), Set.of()));
        assertEquals(List.of(FAILED, RENEWED, SLOW), through(Set.of(1, 2), Set.of()));
    }

    @Test
    void givesALineToTheTemplateThatSaysMostOfIt() {
        assertEquals(List.of(OPENED), through(Set.of(3), Set.of()));
    }

    @Test
    void leavesOutWhatIsNotWantedAndNothingElse() {
        assertEquals(List.of(FAILED, RENEWED, SLOW, OTHER), through(Set.of(), Set.of(3)));
        assertEquals(List.of(OPENED, OTHER), through(Set.of(), Set.of(1, 2)));
    }
}
