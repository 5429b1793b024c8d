package dev.weir.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.cli.capture.Allowance;
import dev.weir.cli.edit.Edits;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class RunArgumentsTest {
    @Test
    void takesFlagsBeforeTheDashesAndTheCommandAfterThem() {
        RunOptions options =
                parse("--job", "build", "--label", "a=1", "--label=b=2=3", "-q", "--", "make", "--job", "x");

        assertEquals("build", options.job());
        assertEquals(Map.of("a", "1", "b", "2=3"), options.labels());
        assertTrue(options.words().quiet());
        assertEquals(List.of("make", "--job", "x"), options.command());
        assertEquals(Duration.ofSeconds(5), options.linger());
    }

    @Test
    void namesTheNearestFlagForAnUnknownOne() {
        assertRefused("did you mean --label?", "--lable", "a=b", "--", "true");
        assertRefused("unknown flag --jbo", "--jbo=x", "--", "true");
    }

    @Test
    void neverTakesAWordBeforeTheDashesForTheCommand() {
        assertRefused("stands before --", "make", "test");
        assertRefused("no command", "--job", "x", "--");
        assertRefused("no command", "-q");
    }

    @Test
    void saysWhatIsWrongWithAValue() {
        assertRefused("--run-id is 'a/b'", "--run-id", "a/b", "--", "true");
        assertRefused("--linger is 'soon'", "--linger", "soon", "--", "true");
        assertRefused("--label is 'x'", "--label", "x", "--", "true");
        assertRefused("--quiet takes no value", "--quiet=yes", "--", "true");
        assertRefused("--job needs a value", "--job", "--", "true");
    }

    @Test
    void namesNoFlagForAValueThatWasNotGivenWithOne() {
        RunArguments arguments = Objects.requireNonNull(RunArguments.read(List.of("--", "true")));

        UsageException refused =
                assertThrows(UsageException.class, () -> arguments.options(Map.of("WEIR_OVERFLOW", "blok")));

        assertTrue(String.valueOf(refused.getMessage()).startsWith("the setting overflow"), refused.getMessage());
    }

    @Test
    void leavesEverythingElseAsideWhenHelpIsAskedFor() {
        assertNull(RunArguments.read(List.of("--help")));
    }

    @Test
    void readsHowOutputIsKeptAndChanged() {
        RunOptions options = parse(
                "--overflow",
                "drop-newest",
                "--buffer",
                "64MiB",
                "--exclude",
                "DEBUG",
                "--replace",
                "a\\=b=c",
                "--on",
                "match:x\\=1=notify",
                "--",
                "true");

        assertEquals(Allowance.Overflow.DROP_NEWEST, options.keeping().overflow());
        assertEquals(64L << 20, options.keeping().buffer());
        assertEquals(List.of("DEBUG"), options.edits().exclude());
        assertEquals(
                new Edits.Replacement("a\\=b", "c"), options.edits().replace().get(0));
        assertEquals("notify", options.hooks().get(0).command());
        assertRefused("--buffer is '10kB'", "--buffer", "10kB", "--", "true");
        assertRefused("--overflow is 'drop'", "--overflow", "drop", "--", "true");
        assertRefused("--exclude is '('", "--exclude", "(", "--", "true");
        assertRefused("--on is 'end=x'", "--on", "end=x", "--", "true");
    }

    private static RunOptions parse(String... words) {
        return Objects.requireNonNull(RunArguments.read(List.of(words))).options(Map.of());
    }

    private static void assertRefused(String message, String... words) {
        UsageException refused = assertThrows(UsageException.class, () -> parse(words));

        assertTrue(String.valueOf(refused.getMessage()).contains(message), refused.getMessage());
    }
}
