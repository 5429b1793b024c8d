package dev.weir.drain;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DigitsTest {
    @Test
    void countsUpToTheFirstByteThatIsNoDigit() {
        for (int other = 0; other < 256; other++) {
            if (other >= '0' && other <= '9') {
                continue;
            }
            for (int n = 0; n <= 12; n++) {
                byte[] b = Corpus.bytes("7".repeat(24));
                b[3 + n] = (byte) other;

                assertEquals(n, Digits.count(b, 3, b.length), "byte " + other + " behind " + n + " digits");
            }
        }
    }

    @Test
    void countsNoFurtherThanItMayLook() {
        byte[] b = Corpus.bytes("0123456789".repeat(4));

        for (int to = 2; to <= 22; to++) {
            assertEquals(to - 2, Digits.count(b, 2, to));
        }
        assertEquals(20, Digits.count(b, 2, b.length));
        assertEquals(3, Digits.count(b, b.length - 3, b.length));
        assertEquals(0, Digits.count(b, b.length, b.length));
        assertEquals(0, Digits.count(b, 9, 4));
    }

    @Test
    void readsNumbersOfAnyLength() {
        byte[] b = Corpus.bytes("90210");

        assertEquals(9, Digits.number(b, 0, 1));
        assertEquals(90, Digits.number(b, 0, 2));
        assertEquals(2, Digits.number(b, 1, 2));
        assertEquals(90210, Digits.number(b, 0, 5));
        assertEquals(0, Digits.number(b, 0, 0));
    }

    @Test
    void readsUpToEightDigitsAtOnce() {
        Random random = new Random(4);
        for (int length = 1; length <= 8; length++) {
            for (int i = 0; i < 2_000; i++) {
                int number = random.nextInt((int) Math.pow(10, length));
                String digits = String.format("%0" + length + "d", number);

                assertEquals(number, Digits.upToEight(Corpus.bytes(" " + digits + "9x-:\u00ff 77"), 1, length), digits);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"5, 500", "05, 50", "123, 123", "123999, 123"})
    void readsFractionsAsMillis(String digits, int millis) {
        assertEquals(millis, Digits.fraction(Corpus.bytes(digits), 0, digits.length()));
    }

    @ParameterizedTest
    @CsvSource({"00:00:00, 0", "09:08:07, 90807", "23:59:60, 235960", "99:99:99, 999999"})
    void readsClocks(String text, int clock) {
        byte[] b = Corpus.bytes("x" + text + "x");

        assertEquals(clock, Digits.clock(b, 1, 9));
        assertEquals(-1, Digits.clock(b, 1, 8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1a:00:00",
                "10-00:00",
                "10:00-00",
                "10:0:000",
                ":0:00:00",
                "10:00:0:",
                "10:00:0/",
                "\u00b00:00:00"
            })
    void readsNothingElseAsAClock(String text) {
        assertEquals(-1, Digits.clock(Corpus.bytes(text), 0, 8));
    }
}
