package dev.weir.compact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.drain.Level;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SuspicionTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "3 errors",
                "FATAL",
                "it panicked",
                "exception",
                "Traceback",
                "2 failures",
                "aborted",
                "conflict",
                "cannot",
                "can't",
                "could not",
                "couldn't",
                "unable",
                "undefined",
                "unresolved",
                "not found",
                "no such",
                "refused",
                "denied",
                "invalid",
                "unexpected",
                "expected",
                "mismatched",
                "missing",
                "unknown",
                "unrecognized",
                "violates",
                "assertion",
                "segfault",
                "SIGSEGV",
                "critical",
                "emerg",
                "not ok",
                "impossible",
                "incompatible",
                "unsatisfied",
                "rejected",
                "TypeError",
                "IOException",
                "npm ERR!",
                "\u2717 sums",
                "E   assert",
                "> 12 | x",
                "*** stop",
                ">>> here",
                "  ^",
                "2 problems",
                "e fails"
            })
    void theQuickLookMissesNothing(String line) {
        assertTrue(Suspicion.mayBeWrong(line));
        assertTrue(Suspicion.mayBeWrong("at 12:00 (" + line + ")"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "compiled 12 files in 3 s", "a mirror, no, two of them", "info: up"})
    void theQuickLookPassesOverHarmlessLines(String line) {
        assertFalse(Suspicion.mayBeWrong(line));
    }

    @ParameterizedTest
    @ValueSource(strings = {"built js/errors.js 5 kB", "require ../errors index.js", "see error.log", "GET /fail/7"})
    void aWordInTheNameOfAFileSaysNothing(String line) {
        assertEquals(0, Suspicion.of(line, Level.UNKNOWN, true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"checking for cc...failed", "a.c:3: error: no", "[error] down", "Failed."})
    void whatStandsBesideAWordDoesNotHideIt(String line) {
        assertTrue(Suspicion.of(line, Level.UNKNOWN, true) >= Suspicion.STRONG, line);
    }
}
