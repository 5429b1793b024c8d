package dev.weir.compact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ExcerptTest {
    private final Log log = new Log();

    @Test
    void showsTheLineThatSaysWhatWentWrongAndWhatStandsBelowIt() {
        log.noise(500);
        log.lines("src/rio.c:24:22: error: storage size of 'frame' isn't known", "   24 |     struct rio_frame frame;");
        log.noise(500);

        List<String> shown = log.shown(300);

        assertTrue(shown.contains("src/rio.c:24:22: error: storage size of 'frame' isn't known"), shown.toString());
        assertTrue(shown.contains("   24 |     struct rio_frame frame;"), shown.toString());
    }

    @Test
    void doesNotTakeForAnErrorWhatAWarningQuotes() {
        for (int i = 0; i < 40; i++) {
            log.lines(
                    "bench.c:" + i + ":9: warning: empty statement has no effect [-Wextra-semi]",
                    "        fail(\"could not read part " + Log.name(i) + "\");",
                    "                                        ^");
        }
        log.noise(10);
        log.lines("bench.c:81:8: error: unknown type name 'U3Z'", "static U3Z level = 50;");
        log.noise(100);

        List<String> shown = log.shown(300);

        assertTrue(shown.contains("static U3Z level = 50;"), shown.toString());
        assertFalse(shown.toString().contains("could not read"), shown.toString());
    }

    @Test
    void tellsALintersErrorsFromItsRemarksByTheirCodes() {
        for (int i = 0; i < 60; i++) {
            log.lines("lib/" + Log.name(i) + ".py:12:0: C0116: Missing docstring of " + Log.name(i)
                    + " (missing-docstring)");
        }
        log.lines("lib/find.py:538:28: E1101: Instance of 'Finder' has no 'enviroment' member (no-member)");
        log.noise(100);

        assertTrue(log.shown(300).toString().contains("E1101"));
    }

    @Test
    void fillsWhatRoomIsLeftWithWhatFollowsAnError() {
        log.noise(100);
        log.lines("==12==ERROR: heap-use-after-free on address 0x60");
        log.noiseWithin(20);
        log.lines("    #0 in last pool.c:8");
        log.noise(400);

        assertTrue(log.shown(3000).contains("#0 in last pool.c:8"));
    }

    @Test
    void showsTheNameThatAnIndentedLineStandsUnder() {
        log.noise(100);
        log.lines("lib/region.js");
        log.noiseWithin(60);
        log.lines("  24:3   error    'rate' is not defined   no-undef");
        log.noise(100);

        assertTrue(log.shown(300).contains("lib/region.js"));
    }

    @Test
    void showsTheTitleAboveAFailure() {
        log.noise(100);
        log.lines("____________ test_sums ____________");
        log.noiseWithin(12);
        log.lines("E   AssertionError: assert 1 == 2");
        log.noise(100);

        assertTrue(log.shown(400).contains("____________ test_sums ____________"));
    }

    @Test
    void showsTheSumOfWhatWentWrong() {
        log.noise(100);
        log.lines("compiled with 6 errors and 2 warnings in 8317 ms");
        log.noise(100);

        assertTrue(log.shown(300).contains("compiled with 6 errors and 2 warnings in 8317 ms"));
    }

    @Test
    void leavesOutFramesOfLibrariesBeforeThoseOfTheProgram() {
        log.lines("Error: no price");
        for (int i = 0; i < 9; i++) {
            log.lines("    at next (/srv/node_modules/express/lib/router/" + "abcdefghi".charAt(i) + ".js:1:2)");
        }
        log.lines("    at price (/srv/shop/price.js:23:26)");
        log.noise(50);

        List<String> shown = log.shown(90);

        assertTrue(shown.contains("at price (/srv/shop/price.js:23:26)"), shown.toString());
        assertFalse(shown.stream().anyMatch(line -> line.contains("node_modules")), shown.toString());
    }

    @Test
    void takesARaceForGraveThoughItsReportSaysWarning() {
        log.noise(200);
        log.lines(
                "WARNING: DATA RACE",
                "Read at 0x00c0 by goroutine 7:",
                "  shop.Depot.note()",
                "      /srv/shop/depot.go:42");
        log.noise(200);

        List<String> shown = log.shown(200);

        assertTrue(shown.contains("WARNING: DATA RACE"), shown.toString());
        assertTrue(shown.contains("      /srv/shop/depot.go:42"), shown.toString());
    }

    @Test
    void showsBothLinesOfAFrameFarFromTheMessage() {
        log.lines("Thread 3 received signal SIGSEGV");
        log.noise(300);
        log.lines("shop.Depot.note()", "    /srv/shop/depot.go:42");
        log.noise(300);

        List<String> shown = log.shown(200);

        assertTrue(shown.containsAll(List.of("shop.Depot.note()", "    /srv/shop/depot.go:42")), shown.toString());
    }

    @Test
    void showsADifferenceOfManyLinesToItsEnd() {
        log.noise(100);
        log.lines("symbols: error: some new symbols appeared, see the difference below");
        for (int i = 0; i < 12; i++) {
            log.lines("+ scan_" + Log.name(i) + "@Base 1.5");
        }
        log.noise(100);

        assertTrue(log.shown(1000).contains("+ scan_" + Log.name(11) + "@Base 1.5"));
    }

    @Test
    void prefersWhatIsNewToWhatAShownLineSaysAlready() {
        log.noise(100);
        log.lines("tests/test_sums.py::test_sums_up FAILED [ 12%]");
        log.noise(100);
        log.lines("cannot remove the folder /tmp/orders");
        log.noise(100);
        log.lines("FAILED tests/test_sums.py::test_sums_up - assert 1 == 2");

        List<String> shown = log.shown(140);

        assertTrue(shown.contains("cannot remove the folder /tmp/orders"), shown.toString());
        assertFalse(shown.contains("tests/test_sums.py::test_sums_up FAILED [ 12%]"), shown.toString());
    }

    @Test
    void keepsTheTitleOfEveryPartThatFailedHoweverFarAbove() {
        for (int part = 1; part <= 20; part++) {
            log.lines("== topic/" + part);
            log.noise(60);
            if (part == 7 || part == 12) {
                log.lines("error: could not apply fa53cd" + part);
            }
        }

        List<String> shown = log.shown(400);

        assertTrue(shown.containsAll(List.of("== topic/7", "== topic/12")), shown.toString());
        assertFalse(shown.contains("== topic/9"), shown.toString());
    }

    @Test
    void givesRoomThatIsLeftToWhatComesLongAfter() {
        log.lines("calc.y: error: 22 conflicts");
        for (int i = 0; i < 60; i++) {
            log.lines("  Example: expression " + Log.name(i));
        }
        log.noise(100);

        assertTrue(log.shown(3000).contains("  Example: expression " + Log.name(52)));
    }

    @Test
    void oneOfManyOfATemplateIsWorthLessThanTheOnlyOne() {
        for (int i = 0; i < 400; i++) {
            log.mined(5, "Bean " + Log.name(i) + " was not found");
        }
        log.mined(6, "Could not read the store: permission denied");
        for (int i = 400; i < 676; i++) {
            log.mined(5, "Bean " + Log.name(i) + " was not found");
        }

        assertEquals(
                "Could not read the store: permission denied", log.shown(60).get(1));
    }

    @Test
    void saysTheSameWhenAskedAgain() {
        log.noise(50);
        log.lines("error: no price", "  left: 1");
        log.noise(50);
        log.shown(2000);

        List<String> first = log.shown(200);

        assertEquals(first, log.shown(200));
    }

    @Test
    void showsTheValueThatALineAnnouncesAndThatLineHoweverOftenTheyCameUp() {
        for (int i = 0; i < 30; i++) {
            log.lines("Trying:", "    f(" + i + ")", "Got:", "    " + i, "ok");
        }
        log.lines(
                "File shop.py, line 7: Failed example:",
                "    total(cart)",
                "Expected:",
                "    3",
                "Got:",
                "    2",
                "Trying:");
        log.noise(100);

        List<String> shown = log.shown(300);

        assertTrue(shown.containsAll(List.of("Got:", "    2")), shown.toString());
    }

    @Test
    void aLineBelowAnErrorIsNotLostWhereItsWarmthEnds() {
        log.lines("error: no price");
        for (int i = 0; i < 14; i++) {
            log.lines("step " + Log.name(i));
        }
        log.noise(200);

        List<String> shown = log.shown(3000);

        for (int i = 0; i < 14; i++) {
            assertTrue(shown.contains("step " + Log.name(i)), shown.toString());
        }
    }
}
