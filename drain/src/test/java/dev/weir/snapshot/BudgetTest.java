package dev.weir.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.snapshot.Snapshot.ErrorBlock;
import dev.weir.snapshot.Snapshot.FirstError;
import dev.weir.snapshot.Snapshot.Template;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BudgetTest {
    private static final String LONGEST_RUN_ID = "r".repeat(128);
    private static final List<Rendering> RENDERINGS = List.of(Rendering.JSON, Rendering.TEXT, Rendering.MARKDOWN);

    @ParameterizedTest
    @ValueSource(ints = {100, 101, 150, 250, 500, 1000, 4000, 20_000})
    void neverExceedsTheBudget(int tokens) {
        List<Template> ranked = Snapshots.many(400);
        Snapshot whole = Snapshots.of(LONGEST_RUN_ID, ranked)
                .withErrors(new FirstError(50, 1_767_268_800_000L, "ERROR " + "é".repeat(900)), errorBlock(300));

        for (Rendering rendering : RENDERINGS) {
            int bytes = new Budget(tokens, rendering).cut(whole, ranked, 10_000).length;

            assertTrue(bytes <= tokens * 4, rendering.contentType() + " took " + bytes + " of " + tokens * 4);
        }
    }

    @Test
    void givesSignalsATenthAndValuesThatAreNewTheLastOfIt() {
        List<Template> ranked = Snapshots.many(400);
        List<Snapshot.Signal> signals = new ArrayList<>();
        IntStream.range(0, 20)
                .forEach(i -> signals.add(new Snapshot.Signal("new-value", "a value of " + i, 1_767_268_800_000L, i)));
        signals.add(new Snapshot.Signal("stall", "no line for ten minutes", 1_767_268_800_000L, null));
        Snapshot whole = Snapshots.of("run-1", ranked).withSides(signals, List.of());

        String text = new String(new Budget(500, Rendering.TEXT).cut(whole, ranked, 10), StandardCharsets.UTF_8);

        assertTrue(text.contains("signal: stall no line for ten minutes"), text);
        assertTrue(text.contains("a value of 0") && !text.contains("a value of 19"), text);
        long shown = text.lines().filter(line -> line.startsWith("signal: ")).count();
        assertTrue(text.contains(", " + (21 - shown) + " signals (budget)"), text);
        assertTrue(text.contains("TEMPLATE"), text);
    }

    @ParameterizedTest
    @ValueSource(ints = {250, 500, 1000, 4000})
    void fillsTheBudget(int tokens) {
        List<Template> ranked = Snapshots.many(400);

        for (Rendering rendering : RENDERINGS) {
            int bytes = new Budget(tokens, rendering).cut(Snapshots.of("run-1", ranked), ranked, 10_000).length;

            int slack = rendering.sizeOf(ranked.get(0));
            assertTrue(bytes + slack >= tokens * 4, rendering.contentType() + " took " + bytes + " of " + tokens * 4);
        }
    }

    @Test
    void showsTheBestOnesAndSaysHowManyLinesItLeavesOut() {
        List<Template> ranked = Snapshots.many(400);
        Snapshot whole = Snapshots.of("run-1", ranked);

        String json = json(new Budget(500, Rendering.JSON).cut(whole, ranked, 10_000));

        assertTrue(json.contains("\"templates\":[{\"id\":400,\"level\":\"ERROR\""), json);
        long shown = Pattern.compile("\"id\":(\\d+),\"level\":\"[A-Z]+\",\"count\":(\\d+)")
                .matcher(json)
                .results()
                .mapToLong(found -> Long.parseLong(found.group(2)))
                .sum();
        Matcher omitted = Pattern.compile("\"omitted\":\\{\"templates\":\\d+,\"lines\":(\\d+),\"why\":\"budget\"")
                .matcher(json);
        assertTrue(omitted.find(), json);
        assertEquals(whole.accounting().counted(), shown + Long.parseLong(omitted.group(1)));
    }

    @Test
    void keepsStatusAccountingAndTheFirstErrorAtTheLeastBudget() {
        List<Template> ranked = Snapshots.many(400);
        Snapshot whole = Snapshots.of(LONGEST_RUN_ID, ranked)
                .withErrors(new FirstError(50, 1_767_268_800_000L, "ERROR disk full on /dev/sda1"), null);

        String json = json(new Budget(100, Rendering.JSON).cut(whole, ranked, 10_000));

        assertTrue(json.contains("\"status\":\"failed\""), json);
        assertTrue(json.contains("\"read\":160400,\"counted\":160400"), json);
        assertTrue(json.contains("\"firstError\":{\"template\":50,\"text\":\"ERROR"), json);
    }

    @Test
    void givesTheLastErrorVerbatimAndMarksWhatItCuts() {
        List<Template> ranked = Snapshots.many(10);
        Snapshot whole = Snapshots.of("run-1", ranked).withErrors(null, errorBlock(400));

        String all = json(new Budget(20_000, Rendering.JSON).cut(whole, ranked, 10_000));
        String some = json(new Budget(500, Rendering.JSON).cut(whole, ranked, 10_000));

        assertTrue(all.contains("\"cut\":false,\"lines\":[\"  at line 0\"") && all.contains("  at line 399\""), all);
        assertTrue(some.contains("\"cut\":true,\"lines\":[\"  at line 0\""), some);
    }

    @Test
    void aLimitSaysWhatItLeavesOut() {
        List<Template> ranked = Snapshots.many(3);

        String json = json(Rendering.JSON.render(Budget.limited(Snapshots.of("run-1", ranked), ranked, 1)));

        assertTrue(json.contains("\"omitted\":{\"templates\":2,\"lines\":6,\"why\":\"limit\"}"), json);
    }

    @Test
    void refusesABudgetThatCannotHoldTheNumbers() {
        assertEquals(
                "A budget of 99 tokens: use 100 at least",
                assertThrows(IllegalArgumentException.class, () -> new Budget(99, Rendering.JSON))
                        .getMessage());
    }

    @Test
    void saysLastWhatTheLinesOfTheErrorSayAlready() {
        Template said = Snapshots.template(1, "ERROR", 1, "no price for <*>");
        Template other = Snapshots.template(2, "ERROR", 1, "no shelf for <*>");
        List<Template> ranked = List.of(said, other);
        Snapshot whole = Snapshots.of("run-1", ranked)
                .withErrors(null, new ErrorBlock(1, List.of("  sample of  no price for <*>"), true));

        String text = json(new Budget(1000, Rendering.TEXT).cut(whole, ranked, 100));

        assertTrue(text.indexOf("no shelf") < text.indexOf("no price"), text);
        assertTrue(text.contains("e.g. sample of no shelf for <*>"), text);
        assertFalse(text.contains("e.g. sample of no price for <*>"), text);
    }

    private static ErrorBlock errorBlock(int lines) {
        return new ErrorBlock(
                50, IntStream.range(0, lines).mapToObj(i -> "  at line " + i).toList(), false);
    }

    private static String json(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
