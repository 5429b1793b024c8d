package dev.weir.api.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class KeyTextTest {
    private final KeyText key = KeyText.create(new SecureRandom());

    @Test
    void isPrefixedAndChecksummedForScanners() {
        assertTrue(key.text().matches("weir_[0-9A-Za-z]{10}_[0-9A-Za-z]{49}"), key.text());
        assertEquals(key, KeyText.parse(key.text()).orElseThrow());
    }

    @Test
    void aMistypedOneIsNone() {
        for (int i = 5; i < key.text().length(); i++) {
            char other = key.text().charAt(i) == 'a' ? 'b' : 'a';
            String mistyped = key.text().substring(0, i) + other + key.text().substring(i + 1);
            assertTrue(KeyText.parse(mistyped).isEmpty(), mistyped);
        }
        assertTrue(KeyText.parse("").isEmpty());
    }

    @Test
    void doesNotPrintItself() {
        assertFalse(key.toString().contains(key.text()));
    }

    @Test
    void noTwoAreAlike() {
        KeyText other = KeyText.create(new SecureRandom());

        assertNotEquals(key.text(), other.text());
        assertFalse(Arrays.equals(key.hash(), other.hash()));
    }

    @Test
    void aTicketIsGoodForItsKeyAndItsMinuteOnly() {
        Ticket ticket = Ticket.create(key.id(), 1_000, key.hash());

        assertTrue(Ticket.parse(ticket.text()).orElseThrow().isGood(key.hash(), 999));
        assertFalse(ticket.isGood(key.hash(), 1_000));
        assertFalse(ticket.isGood(KeyText.create(new SecureRandom()).hash(), 999));
        assertTrue(Ticket.parse(ticket.text() + "x").isEmpty());
    }
}
