package dev.weir.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunKeyTest {

    @Test
    void isPlainTextThatCanBeTakenApartAgain() {
        RunKey key = new RunKey("default", "build-1.2_x");

        assertEquals("default/build-1.2_x", new String(key.bytes(), UTF_8));
        assertEquals(Optional.of(key), RunKey.find(key.bytes()));
        assertEquals(key, RunKey.parse("default/build-1.2_x"));
        assertEquals("default/build-1.2_x/17", key.ofTemplate(17));
        assertEquals("default/build-1.2_x/w1", key.ofWake("w1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "a", "a/", "/a", "a/b/c", "a/.b", "a/b c", "a/ü", "a/b\n", "-a/b", "a/b\u0000"})
    void findsNoRunInAKeyOfAnotherForm(String key) {
        assertTrue(RunKey.find(key.getBytes(UTF_8)).isEmpty());
    }

    @Test
    void findsNoRunWithoutAKeyOrInAnEndlessOne() {
        assertTrue(RunKey.find((byte[]) null).isEmpty());
        assertTrue(RunKey.find(new byte[1 << 20]).isEmpty());
    }

    @Test
    void takesNamesOf128CharactersAndNoMore() {
        String longest = "r".repeat(128);

        assertTrue(RunKey.isName(longest));
        assertTrue(RunKey.find("t/" + longest).isPresent());
        assertTrue(RunKey.find("t/" + longest + "r").isEmpty());
    }

    @Test
    void saysWhatNamesLookLikeWithoutRepeatingControlCharacters() {
        String said = assertThrows(IllegalArgumentException.class, () -> new RunKey("default", "a\u001b[31m"))
                .getMessage();

        assertEquals(
                "run-id is 'a\uFFFD[31m': use 1 to 128 letters, digits, '.', '_' or '-',"
                        + " of which the first is a letter or digit",
                said);
    }
}
