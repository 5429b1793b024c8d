package dev.weir.drain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class MonthsTest {
    private static int month(String text) {
        return Months.month(Corpus.bytes(text), 0, text.length());
    }

    @Test
    void readsShortNamesInAnyCase() {
        String[] names = {"Jan", "FEB", "mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
        for (int i = 0; i < names.length; i++) {
            assertEquals(i + 1, month(names[i]));
            assertEquals(i + 1, month(names[i] + " 14"));
            assertEquals(0, month(names[i] + "x"));
            assertEquals(0, month(names[i].substring(0, 2)));
        }
        assertEquals(0, month("Mon"));
    }

    @Test
    void knowsTheDaysOfTheWeek() {
        for (String name : new String[] {"Mon", "tue", "WED", "Thu", "Fri", "Sat", "Sun"}) {
            assertTrue(Months.weekday(Corpus.bytes(name + " "), 0, 4));
        }
        assertFalse(Months.weekday(Corpus.bytes("Jan "), 0, 4));
        assertFalse(Months.weekday(Corpus.bytes("Mond"), 0, 4));
    }
}
