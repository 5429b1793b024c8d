package dev.weir.drain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeOfDayTest {
    private final TimeOfDay time = new TimeOfDay();

    private int read(String text, boolean dated) {
        byte[] b = Corpus.bytes(text);
        time.forget();
        return time.read(b, 0, b.length, (byte) ':', dated);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "01:02:03 x|8|3723000",
                "1:02:03 x|7|3723000",
                "1:2:3|5|3723000",
                "01:02:03|8|3723000",
                "23:59:60|8|86400000",
                "24:00:00|8|86400000",
                "01:02:03.4 x|10|3723400",
                "01:02:03,045678 x|15|3723045",
                "01:02:03:456 x|12|3723456",
                "01:02:03:4567|8|3723000",
                "01:02:03. x|8|3723000",
                "1:02:03.5|9|3723500",
                "12:00:00 AM|11|0",
                "12:30:00 PM x|11|45000000",
                "01:00:00 PM|11|46800000",
                "01:00:00 AM|11|3600000",
                "13:00:00 PM|8|46800000",
                "01:00:00 XM|8|3600000",
            })
    void readsTheUsualForms(String text, int end, int millis) {
        assertEquals(end, read(text, false));
        assertEquals(millis, time.millisOfDay);
        assertTrue(time.read);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "01:02:03Z|9|0",
                "01:02:03+0130|13|90",
                "01:02:03 -0500 x|14|-300",
                "01:02:03+05:45|14|345",
                "01:02:03-02|11|-120",
                "01:02:03 UTC|12|0",
                "01:02:03 GMT x|12|0",
                "01:02:03.250Z|13|0",
            })
    void readsZones(String text, int end, int minutes) {
        assertEquals(end, read(text, false));
        assertEquals(minutes, time.zoneMinutes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"01:02:03 +02", "01:02:03+123", "01:02:03 UT", "01:02:03UTC", "01:02:03 -"})
    void takesNothingElseForAZone(String text) {
        assertEquals(8, read(text, false));
        assertEquals(TimeOfDay.NO_ZONE, time.zoneMinutes);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "01:60:00",
                "25:00:00",
                "01:02:61",
                "001:02:03",
                "01:002:03",
                "01-02-03",
                ":02:03",
                "1:2",
                "12",
                ""
            })
    void readsNothingElse(String text) {
        assertEquals(-1, read(text, true));
        assertFalse(time.read);
    }

    @Test
    void takesHoursAndMinutesAloneBehindADateOrInABracketOnly() {
        assertEquals(5, read("10:11 x", true));
        assertEquals(36_660_000, time.millisOfDay);
        assertEquals(5, read("10:11] x", false));
        assertEquals(-1, read("10:11 x", false));
        assertEquals(-1, read("10:11", false));
    }

    @Test
    void readsSixDigitsInARow() {
        assertTrue(time.compact(Corpus.bytes("203615"), 0));
        assertEquals(((20 * 60 + 36) * 60 + 15) * 1000, time.millisOfDay);
        assertFalse(time.compact(Corpus.bytes("243615"), 0));
        assertFalse(time.compact(Corpus.bytes("206015"), 0));
        assertFalse(time.compact(Corpus.bytes("203661"), 0));
        assertTrue(time.compact(Corpus.bytes("235960"), 0));
    }
}
