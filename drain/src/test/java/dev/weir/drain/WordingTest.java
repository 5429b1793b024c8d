package dev.weir.drain;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WordingTest {
    private static Level of(String line) {
        byte[] b = Corpus.bytes(line);
        return Wording.of(b, 0, b.length);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "npm error code 1",
                "npm ERR! code 1",
                "gyp ERR! stack",
                "Error from server (NotFound): pods not found",
                "a.c:3:14: error: expected expression",
                "a.ts(3,4): error TS2322: Type 'string' is not assignable",
                "make: *** [Makefile:3: all] Error 2",
                "tests/test_money.py::test_sums FAILED      [ 12%]",
                "FAILED tests/test_money.py::test_sums",
                "RepoTest > stores items() FAILED",
                "BUILD FAILED in 3s",
                "--- FAIL: TestSum (0.00s)",
                " FAIL  test/region.test.js",
                "not ok 7 - coupon",
                "\u2715 rounds",
                "\u00d7 rounds",
                "E   AssertionError: assert 1 == 2",
                "e: file.kt:3:1 Unresolved reference",
                "test_sums (tests.Money) ... ERROR",
                "app.rb:3:in 'total': cannot load such file (LoadError)",
                "Module not found: Error: Can't resolve 'url'"
            })
    void saysWhatWentWrong(String line) {
        assertEquals(Level.ERROR, of(line), line);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "npm warn deprecated x|WARN",
                "w: file.kt:3:1 unused|WARN",
                "\u26a0 careful|WARN",
                "a.c:3:14: warning: unused variable|WARN",
                "src/main.c:9:1: fatal error: x.h: No such file|FATAL",
                "fatal: not a git repository|FATAL"
            })
    void saysHowGrave(String line, Level level) {
        assertEquals(level, of(line), line);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "compiled with no errors",
                "no error was found",
                "on error resume next",
                "0 failed, 12 passed",
                "alert-0 was put",
                "config loaded from a file",
                "task moved from RUNNING to FAILED"
            })
    void speakingOfErrorsIsNotAnError(String line) {
        assertEquals(Level.UNKNOWN, of(line), line);
    }

    @Test
    void blankLinesSayNothing() {
        assertEquals(Level.UNKNOWN, of(""));
        assertEquals(Level.UNKNOWN, of("   "));
        assertEquals(Level.UNKNOWN, of("\u2502"));
    }
}
