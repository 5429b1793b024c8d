package dev.weir.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class CommandWordsTest {
    @Test
    void dividesAtBlanksAndKeepsWhatIsQuoted() {
        assertEquals(
                List.of("run", "a b", "c'd", "$HOME;", "", "e\\f"),
                CommandWords.of("--on-wake", " run 'a b' \"c'd\" $HOME; '' e\\\\f "));
    }

    @Test
    void refusesWhatIsNoCommand() {
        assertThrows(UsageException.class, () -> CommandWords.of("--on-wake", "  "));
        assertThrows(UsageException.class, () -> CommandWords.of("--on-wake", "echo \"x"));
    }
}
