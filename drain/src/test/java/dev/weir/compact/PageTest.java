package dev.weir.compact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class PageTest {
    private final Log log = new Log();

    @Test
    void readsALineThroughTheColoursOfItsEveryLetter() {
        log.noise(100);
        StringBuilder coloured = new StringBuilder();
        "import { sum } from './math' // error: no such export"
                .chars()
                .forEach(letter -> coloured.append("\u001b[38;5;249m\u001b[1m\u001b[4m\u001b[38;5;249m")
                        .append((char) letter)
                        .append("\u001b[0m"));
        log.lines(coloured.toString());
        log.noise(100);

        assertTrue(log.shown(300).contains("import { sum } from './math' // error: no such export"));
    }

    @Test
    void whiteSpaceThatFillsAColumnTakesNoRoom() {
        log.lines("tests/test_money.py::test_sums FAILED                        [ 12%]");

        assertTrue(log.shown(300).contains("tests/test_money.py::test_sums FAILED  [ 12%]"));
    }

    @Test
    void aLineThatCameUpOftenWithoutADifferenceHasNoKindBesideIt() {
        for (int i = 0; i < 30; i++) {
            log.lines("ValueError: bad value 17");
        }

        assertEquals(List.of("ValueError: bad value 17"), log.shown(2000));
    }

    @Test
    void showsOneLineOfAKindThatCameUpOftenAndTheKind() {
        for (int i = 10; i < 40; i++) {
            log.lines("AssertionError: expected " + i + " to be " + (i + 1));
        }

        List<String> shown = log.shown(2000);

        assertEquals(
                1,
                shown.stream()
                        .filter("AssertionError: expected <*> to be <*>"::equals)
                        .count());
        assertEquals(
                2, shown.stream().filter(line -> line.startsWith("Assertion")).count());
    }

    @Test
    void fillsTheRoomAndNoMore() {
        for (int i = 0; i < 2000; i++) {
            log.lines("error: " + "x".repeat(i % 50) + (char) ('a' + i % 26));
        }

        int bytes = log.shown(1000).stream()
                .mapToInt(line -> line.getBytes(StandardCharsets.UTF_8).length)
                .sum();

        assertTrue(bytes <= 1000 && bytes > 500, "Bytes: " + bytes);
    }

    @Test
    void linesWithNothingButBlankOnesBetweenThemStandTogether() {
        log.lines("error: no price", "", "  left: 1", "", " right: 2");

        assertEquals(List.of("error: no price", "  left: 1", " right: 2"), log.shown(1000));
    }

    @Test
    void indentationOfAWholeBlockTakesNoRoom() {
        log.lines("    error: no price", "      left: 1", "        right: 2");

        assertEquals(List.of("error: no price", "  left: 1", "    right: 2"), log.shown(1000));
    }

    @Test
    void aBeginningThatIsThatOfTheLineAboveIsWrittenOnce() {
        log.lines(
                "{\"package\":\"example.org/parcels\",\"output\":\"error: no zone\"}",
                "{\"package\":\"example.org/parcels\",\"output\":\"zone.go:11: got 3\"}");

        assertEquals(
                List.of(
                        "{\"package\":\"example.org/parcels\",\"output\":\"error: no zone\"}",
                        "<*>zone.go:11: got 3\"}"),
                log.shown(1000));
    }

    @Test
    void aPlaceIsNeverCutInTwo() {
        log.lines("src/parcels/zone.go:11:1: error: no zone", "src/parcels/zone.go:12:1: error: not used");

        assertEquals(
                "src/parcels/zone.go:12:1: error: not used", log.shown(1000).get(1));
    }

    @Test
    void theTimeInFrontIsWrittenOnceAndHidesNothingOfWhatIsSaid() {
        List<String> said = List.of(
                "== topic/07",
                "running topic 7",
                "E       assert 7 == 8",
                "> left: 8",
                "    at Shop.sum(Shop.java:7)",
                "    return sum + tax;",
                "1) adds up");
        for (int i = 0; i < 600; i++) {
            int at = i - 300;
            String line = at >= 0 && at < said.size() ? said.get(at) : "step " + Log.name(i % 600) + " done";
            log.lines(String.format("2026-11-27T10:%02d:%02d.%07dZ ", i / 60, i % 60, i) + line);
        }

        List<String> shown = log.shown(300);

        assertEquals(
                said,
                shown.stream()
                        .map(line -> line.replaceFirst("^(2026\\S+|<\\*>) ", ""))
                        .filter(said::contains)
                        .toList());
        assertTrue(shown.contains("<*>     at Shop.sum(Shop.java:7)"), shown.toString());
    }

    @Test
    void aLongLineKeepsItsBeginningAndWhatWentWrongInIt() {
        String line = "{\"level\":\"info\",\"host\":\"web-1\",\"request\":\"" + "a".repeat(400)
                + "\",\"cause\":\"IllegalStateException: no price\",\"trace\":\"" + "b".repeat(9000) + "\"}";
        log.lines(line);
        log.noise(100);

        String shown = log.shown(1000).get(0);

        assertTrue(shown.length() <= 300, shown);
        assertTrue(shown.startsWith("{\"level\":\"info\",\"host\":\"web-1\""), shown);
        assertTrue(shown.contains("<*>"), shown);
        assertTrue(shown.contains("IllegalStateException: no price"), shown);
    }

    @Test
    void aLongLineWithoutSuchAWordKeepsItsEnd() {
        log.lines("error: see below " + "a".repeat(400) + " order 4711");

        String shown = log.shown(1000).get(0);

        assertTrue(shown.endsWith(" order 4711"), shown);
    }

    @Test
    void theEndOfAVeryLongLineIsLookedAtToo() {
        log.lines("{\"request\":\"" + "é".repeat(20_000) + "\",\"error\":\"disk full\"}");
        log.noise(100);

        String shown = log.shown(1000).get(0);

        assertTrue(shown.endsWith("\"error\":\"disk full\"}"), shown);
        assertFalse(shown.contains("\ufffd"), shown);
    }

    @Test
    void aLineThatIsOnlyContextIsCutSooner() {
        log.lines("error: no price", "with the settings " + "a".repeat(300));

        List<String> shown = log.shown(1000);

        assertTrue(shown.get(1).length() <= 160, shown.toString());
    }
}
