package dev.weir.mcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class CleanTextTest {
    @Test
    void leavesOrdinaryTextOfAnyLanguageAsItIs() {
        String text = "Größe 12 µs – 値は三つ, emoji 🙂 and \"quotes\"";

        assertEquals(text, CleanText.of(text, 100));
    }

    @Test
    void leavesOutWhatNobodySees() {
        String hidden = "a\u001b[31mb\u200bc\u202ed\u2066e\ufefff\u00adg\udb40\udc41h\u0085i\ufe0fj\u2028k";

        assertEquals("a[31mbcdefghijk", CleanText.of(hidden, 100));
    }

    @Test
    void isOneLineOfAtMostSoManyCharactersAndSaysThatItWasCut() {
        String cut = CleanText.of("one\ntwo\tthree 🙂🙂🙂🙂🙂", 20);

        assertTrue(cut.startsWith("one two three ") && cut.endsWith("…"), cut);
        assertTrue(cut.length() <= 20, cut);
        assertFalse(Character.isHighSurrogate(cut.charAt(cut.length() - 2)), cut);
    }
}
