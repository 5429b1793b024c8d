package dev.weir.compact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.drain.Level;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExcerptTest {
    private final Excerpt excerpt = new Excerpt();

    @Test
    void showsTheLineThatSaysWhatWentWrongAndWhatStandsBelowIt() {
        noise(500);
        lines("src/rio.c:24:22: error: storage size of 'frame' isn't known", "   24 |     struct rio_frame frame;");
        noise(500);

        List<String> shown = excerpt.lines(300);

        assertTrue(shown.contains("src/rio.c:24:22: error: storage size of 'frame' isn't known"), shown.toString());
        assertTrue(shown.contains("   24 |     struct rio_frame frame;"), shown.toString());
    }

    @Test
    void doesNotTakeForAnErrorWhatAWarningQuotes() {
        for (int i = 0; i < 40; i++) {
            lines(
                    "bench.c:" + i + ":9: warning: empty statement has no effect [-Wextra-semi]",
                    "        fail(\"could not read part " + name(i) + "\");",
                    "                                        ^");
        }
        noise(10);
        lines("bench.c:81:8: error: unknown type name 'U3Z'", "static U3Z level = 50;");
        noise(100);

        List<String> shown = excerpt.lines(300);

        assertTrue(shown.contains("static U3Z level = 50;"), shown.toString());
        assertFalse(shown.toString().contains("could not read"), shown.toString());
    }

    @Test
    void tellsALintersErrorsFromItsRemarksByTheirCodes() {
        for (int i = 0; i < 60; i++) {
            lines("lib/" + name(i) + ".py:12:0: C0116: Missing docstring of " + name(i) + " (missing-docstring)");
        }
        lines("lib/find.py:538:28: E1101: Instance of 'Finder' has no 'enviroment' member (no-member)");
        noise(100);

        assertTrue(excerpt.lines(300).toString().contains("E1101"));
    }

    @Test
    void aTimeInFrontOfEveryLineHidesNothingOfWhatItSays() {
        List<String> said = List.of(
                "== topic/07",
                "running topic 7",
                "E       assert 7 == 8",
                "> left: 8",
                "    at Shop.sum(Shop.java:7)",
                "        at java.base/java.lang.Thread.run(Thread.java:840)",
                "    return sum + tax;",
                "1) adds up");
        Excerpt stamped = new Excerpt();
        List<String> stamps = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            int at = i - 300;
            String line = at >= 0 && at < said.size() ? said.get(at) : "step " + name(i) + " done";
            lines(line);
            stamps.add(String.format("2026-11-27T10:%02d:%02d.%07dZ ", i / 60, i % 60, i));
            byte[] bytes = (stamps.get(i) + line).getBytes(StandardCharsets.UTF_8);
            stamped.line(bytes, 0, bytes.length, Level.UNKNOWN, true, -1);
        }
        int room = 1_000;

        List<String> plain = excerpt.lines(room);
        long lines = plain.stream().filter(line -> line.length() > 1).count();
        List<String> shown = stamped.lines(room + (int) lines * stamps.get(0).length());

        assertTrue(plain.contains("E       assert 7 == 8"), plain.toString());
        assertEquals(
                plain,
                shown.stream()
                        .map(line -> line.length() > 28
                                ? line.substring(stamps.get(0).length())
                                : line)
                        .toList());
    }

    @Test
    void readsALineThroughTheColoursOfItsEveryLetter() {
        noise(100);
        StringBuilder coloured = new StringBuilder();
        "import { sum } from './math' // error: no such export"
                .chars()
                .forEach(letter -> coloured.append("\u001b[38;5;249m\u001b[1m\u001b[4m\u001b[38;5;249m")
                        .append((char) letter)
                        .append("\u001b[0m"));
        lines(coloured.toString());
        noise(100);

        assertTrue(excerpt.lines(300).contains("import { sum } from './math' // error: no such export"));
    }

    @Test
    void fillsWhatRoomIsLeftWithWhatFollowsAnError() {
        noise(100);
        lines("==12==ERROR: heap-use-after-free on address 0x60");
        noiseWithin(20);
        lines("    #0 in last pool.c:8");
        noise(400);

        assertTrue(excerpt.lines(3000).contains("    #0 in last pool.c:8"));
    }

    @Test
    void showsTheNameThatAnIndentedLineStandsUnder() {
        noise(100);
        lines("lib/region.js");
        noiseWithin(60);
        lines("  24:3   error    'rate' is not defined   no-undef");
        noise(100);

        assertTrue(excerpt.lines(300).contains("lib/region.js"));
    }

    @Test
    void showsTheTitleAboveAFailure() {
        noise(100);
        lines("____________ test_sums ____________");
        noiseWithin(12);
        lines("E   AssertionError: assert 1 == 2");
        noise(100);

        assertTrue(excerpt.lines(400).contains("____________ test_sums ____________"));
    }

    @Test
    void showsTheSumOfWhatWentWrong() {
        noise(100);
        lines("compiled with 6 errors and 2 warnings in 8317 ms");
        noise(100);

        assertTrue(excerpt.lines(300).contains("compiled with 6 errors and 2 warnings in 8317 ms"));
    }

    @Test
    void whiteSpaceThatFillsAColumnTakesNoRoom() {
        lines("tests/test_money.py::test_sums FAILED                        [ 12%]");

        assertTrue(excerpt.lines(300).contains("tests/test_money.py::test_sums FAILED  [ 12%]"));
    }

    @Test
    void aLineThatCameUpOftenWithoutADifferenceHasNoKindBesideIt() {
        for (int i = 0; i < 30; i++) {
            lines("ValueError: bad value 17");
        }

        assertEquals(List.of("ValueError: bad value 17"), excerpt.lines(2000));
    }

    @Test
    void showsOneLineOfAKindThatCameUpOftenAndTheKind() {
        for (int i = 10; i < 40; i++) {
            lines("AssertionError: expected " + i + " to be " + (i + 1));
        }

        List<String> shown = excerpt.lines(2000);

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
            lines("error: " + "x".repeat(i % 50) + (char) ('a' + i % 26));
        }

        int bytes = excerpt.lines(1000).stream()
                .mapToInt(line -> line.getBytes(StandardCharsets.UTF_8).length)
                .sum();

        assertTrue(bytes <= 1000 && bytes > 500, "Bytes: " + bytes);
    }

    @Test
    void leavesOutFramesOfLibrariesBeforeThoseOfTheProgram() {
        lines("Error: no price");
        for (int i = 0; i < 9; i++) {
            lines("    at next (/srv/node_modules/express/lib/router/" + "abcdefghi".charAt(i) + ".js:1:2)");
        }
        lines("    at price (/srv/shop/price.js:23:26)");
        noise(50);

        List<String> shown = excerpt.lines(120);

        assertTrue(shown.contains("    at price (/srv/shop/price.js:23:26)"), shown.toString());
        assertFalse(shown.stream().anyMatch(line -> line.contains("node_modules")), shown.toString());
    }

    @Test
    void takesARaceForGraveThoughItsReportSaysWarning() {
        noise(200);
        lines(
                "WARNING: DATA RACE",
                "Read at 0x00c0 by goroutine 7:",
                "  shop.Depot.note()",
                "      /srv/shop/depot.go:42");
        noise(200);

        List<String> shown = excerpt.lines(200);

        assertTrue(shown.contains("WARNING: DATA RACE"), shown.toString());
        assertTrue(shown.contains("      /srv/shop/depot.go:42"), shown.toString());
    }

    @Test
    void showsBothLinesOfAFrameFarFromTheMessage() {
        lines("Thread 3 received signal SIGSEGV");
        noise(300);
        lines("shop.Depot.note()", "    /srv/shop/depot.go:42");
        noise(300);

        List<String> shown = excerpt.lines(200);

        assertTrue(shown.containsAll(List.of("shop.Depot.note()", "    /srv/shop/depot.go:42")), shown.toString());
    }

    @Test
    void showsADifferenceOfManyLinesToItsEnd() {
        noise(100);
        lines("symbols: error: some new symbols appeared, see the difference below");
        for (int i = 0; i < 12; i++) {
            lines("+ scan_" + name(i) + "@Base 1.5");
        }
        noise(100);

        assertTrue(excerpt.lines(1000).contains("+ scan_" + name(11) + "@Base 1.5"));
    }

    @Test
    void prefersWhatIsNewToWhatAShownLineSaysAlready() {
        noise(100);
        lines("tests/test_sums.py::test_sums_up FAILED [ 12%]");
        noise(100);
        lines("cannot remove the folder /tmp/orders");
        noise(100);
        lines("FAILED tests/test_sums.py::test_sums_up - assert 1 == 2");

        List<String> shown = excerpt.lines(140);

        assertTrue(shown.contains("cannot remove the folder /tmp/orders"), shown.toString());
        assertFalse(shown.contains("tests/test_sums.py::test_sums_up FAILED [ 12%]"), shown.toString());
    }

    @Test
    void linesWithNothingButBlankOnesBetweenThemStandTogether() {
        lines("error: no price", "", "  left: 1", "", " right: 2");

        assertEquals(List.of("error: no price", "  left: 1", " right: 2"), excerpt.lines(1000));
    }

    @Test
    void keepsTheTitleOfEveryPartThatFailedHoweverFarAbove() {
        for (int part = 1; part <= 20; part++) {
            lines("== topic/" + part);
            noise(60);
            if (part == 7 || part == 12) {
                lines("error: could not apply fa53cd" + part);
            }
        }

        List<String> shown = excerpt.lines(400);

        assertTrue(shown.containsAll(List.of("== topic/7", "== topic/12")), shown.toString());
        assertFalse(shown.contains("== topic/9"), shown.toString());
    }

    @Test
    void givesRoomThatIsLeftToWhatComesLongAfter() {
        lines("calc.y: error: 22 conflicts");
        for (int i = 0; i < 60; i++) {
            lines("  Example: expression " + name(i));
        }
        noise(100);

        assertTrue(excerpt.lines(3000).contains("  Example: expression " + name(52)));
    }

    @Test
    void oneOfManyOfATemplateIsWorthLessThanTheOnlyOne() {
        for (int i = 0; i < 400; i++) {
            mined(5, "Bean " + name(i) + " was not found");
        }
        mined(6, "Could not read the store: permission denied");
        for (int i = 400; i < 676; i++) {
            mined(5, "Bean " + name(i) + " was not found");
        }

        assertEquals(
                "Could not read the store: permission denied", excerpt.lines(60).get(1));
    }

    @Test
    void saysTheSameWhenAskedAgain() {
        noise(50);
        lines("error: no price", "  left: 1");
        noise(50);
        excerpt.lines(2000);

        List<String> first = excerpt.lines(200);

        assertEquals(first, excerpt.lines(200));
    }

    /** A name of letters alone: numbers would be alike. */
    private static String name(int i) {
        return "n" + (char) ('a' + i / 26) + (char) ('a' + i % 26);
    }

    private void noise(int lines) {
        for (int i = 0; i < lines; i++) {
            lines("compiled unit " + i + " in " + (i % 7) + " ms");
        }
    }

    private void noiseWithin(int lines) {
        for (int i = 0; i < lines; i++) {
            lines("  " + i + ":1   warning  Missing semicolon   semi");
        }
    }

    private void lines(String... lines) {
        for (String line : lines) {
            mined(-1, line);
        }
    }

    private void mined(int template, String line) {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        excerpt.line(bytes, 0, bytes.length, Level.UNKNOWN, true, template);
    }
}
