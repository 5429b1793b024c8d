package dev.weir.drain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlotTest {
    private static boolean see(Slot slot, String value) {
        byte[] b = Corpus.bytes(value);
        return slot.observe(b, 0, b.length);
    }

    @Test
    void fewValuesAreCountedExactly() {
        Slot slot = new Slot();
        for (int i = 0; i < 100; i++) {
            see(slot, "v" + i % 5);
        }

        assertTrue(slot.exact());
        assertEquals(5, slot.distinct());
        assertEquals(20, slot.top().get(0).count());
    }

    @Test
    void manyValuesAreEstimatedWithinTheErrorStated() {
        for (int n : new int[] {20, 500, 20_000, 200_000}) {
            Slot slot = new Slot();
            for (int i = 0; i < n; i++) {
                see(slot, "value " + i);
            }

            assertEquals(n, slot.distinct(), n * .25 + 2);
        }
    }

    @Test
    void aFrequentValueRisesToTheTopAmongManyRareOnes() {
        Slot slot = new Slot();
        for (int i = 0; i < 10_000; i++) {
            see(slot, i % 3 == 0 ? "often" : "rare " + i);
        }

        Slot.Value first = slot.top().get(0);
        assertEquals("often", first.text());
        assertTrue(first.count() > 1_666 && first.count() <= 3_334, first.toString());
    }

    /** What is kept is what a plain search for the rarest of eight values would keep, whatever comes in whatever order. */
    @Test
    void ofManyValuesTheFirstOfTheRarestMakesRoom() {
        Random random = new Random(8);
        for (int round = 0; round < 200; round++) {
            Slot slot = new Slot();
            Plain plain = new Plain();
            int kinds = 9 + random.nextInt(200);
            for (int i = 0; i < 2_000; i++) {
                String value = "v" + (int) (kinds * Math.pow(random.nextDouble(), 1 + round % 4));
                see(slot, value);
                plain.see(value);
            }
            assertEquals(plain.top(), slot.top(), "round " + round);
        }
    }

    private static final class Plain {
        final List<String> values = new ArrayList<>();
        final List<Long> counts = new ArrayList<>();
        long seen;

        void see(String value) {
            seen++;
            int at = values.indexOf(value);
            if (at < 0 && values.size() < Slot.KEPT) {
                values.add(value);
                counts.add(1L);
                return;
            }
            if (at < 0) {
                at = counts.indexOf(Collections.min(counts));
                values.set(at, value);
            }
            counts.set(at, counts.get(at) + 1);
        }

        List<Slot.Value> top() {
            long borrowed = Collections.min(counts);
            List<Slot.Value> top = new ArrayList<>();
            for (int i = 0; i < values.size(); i++) {
                long own = counts.get(i) - borrowed;
                if (own >= Math.max(2, seen / 100)) {
                    top.add(new Slot.Value(values.get(i), own));
                }
            }
            top.sort(Comparator.comparingLong(Slot.Value::count).reversed());
            return top;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "7",
                "42",
                "00042",
                "12345678",
                "123456789",
                "999999999999999999",
                "-5",
                "-0",
                "0",
                ".5",
                "1.",
                "12.75",
                "1.2.3",
                "-",
                "7x",
                "x7",
                "",
                "0x1f",
                "ein langer Wert, der mehr als vierundzwanzig Bytes hat"
            })
    void aValueIsTheSameWhereverItStands(String value) {
        byte[] alone = Corpus.bytes(value);
        byte[] within = Corpus.bytes("3" + value + "4 and so on, to well beyond what is kept of a value");
        Slot first = new Slot();
        Slot second = new Slot();
        for (int i = 0; i < 20; i++) {
            first.observe(alone, 0, alone.length);
            second.observe(within, 1, 1 + alone.length);
        }

        assertEquals(first.top(), second.top());
        assertEquals(first.numbers(), second.numbers());
        assertEquals(first.min(), second.min());
        assertEquals(first.max(), second.max());
        assertEquals(first.quantile(.5), second.quantile(.5));
    }

    @Test
    void noughtIsNoughtWhateverItsSign() {
        Slot slot = new Slot();
        see(slot, "0");
        see(slot, "-0");

        assertEquals(0.0, slot.min());
        assertEquals(0.0, slot.max());
        assertEquals(2, slot.numbers());
    }

    @Test
    void valuesThatReadAlikeWhereTheyAreCutAreOne() {
        Slot slot = new Slot();
        see(slot, "org.example.commons.lang.Strings");
        see(slot, "org.example.commons.lang.Numbers");

        assertEquals(2, slot.distinct());
        assertEquals(java.util.List.of(new Slot.Value("org.example.commons.lang", 2)), slot.top());
    }

    @Test
    void noneOfManyValuesThatComeOnceIsCalledFrequent() {
        Slot slot = new Slot();
        for (int i = 0; i < 200; i++) {
            see(slot, "request " + i);
        }

        assertEquals(java.util.List.of(), slot.top());
    }

    @Test
    void quantilesAreWithinTheErrorStated() {
        Slot slot = new Slot();
        for (int i = 1; i <= 10_000; i++) {
            see(slot, Integer.toString(i));
        }

        assertEquals(1, slot.min());
        assertEquals(10_000, slot.max());
        for (double q : new double[] {.5, .95, .99}) {
            assertEquals(q * 10_000, slot.quantile(q), q * 10_000 * .032 + 1);
        }
    }

    @Test
    void quantilesOfTwoHalvesMergeToThoseOfTheWhole() {
        Random random = new Random(3);
        Slot whole = new Slot();
        Slot left = new Slot();
        Slot right = new Slot();
        for (int i = 0; i < 5000; i++) {
            String v = Integer.toString(1 + (int) Math.exp(random.nextDouble() * 9));
            see(whole, v);
            see(i % 2 == 0 ? left : right, v);
        }

        left.absorb(right);

        assertEquals(whole.count(), left.count());
        for (double q : new double[] {.1, .5, .95, .99}) {
            assertEquals(whole.quantile(q), left.quantile(q));
        }
    }

    @Test
    void numbersOfAllSizesTakeBoundedSpace() {
        Slot slot = new Slot();
        for (int i = 0; i < 10_000; i++) {
            see(slot, "1" + "0".repeat(i % 17));
        }

        assertEquals(1, slot.min());
        assertEquals(1e16, slot.max());
        assertEquals(1e16, slot.quantile(.99), 1e16 * .032);
        assertTrue(slot.bytes() < 2048);
    }

    @Test
    void aValueNewToASettledSlotIsWorthAWord() {
        Slot slot = new Slot();
        for (int i = 0; i < Slot.SETTLED; i++) {
            assertFalse(see(slot, "eu-" + i % 3));
        }

        assertTrue(see(slot, "us-1"));
        assertFalse(see(slot, "us-1"));
    }

    @Test
    void aRowHoldsAllThatIsKnown() {
        Slot slot = new Slot();
        for (int i = 0; i < 1000; i++) {
            see(slot, Integer.toString(i * 37 % 251));
        }
        RowWriter out = new RowWriter();
        slot.write(out);

        Slot read = new Slot();
        read.read(new RowReader(out.row()));

        assertEquals(slot.count(), read.count());
        assertEquals(slot.distinct(), read.distinct());
        assertEquals(slot.top(), read.top());
        assertEquals(slot.quantile(.95), read.quantile(.95));
        assertTrue(out.size() < SlotsRow.MOST);
    }
}
