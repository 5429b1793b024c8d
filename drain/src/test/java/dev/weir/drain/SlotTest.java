package dev.weir.drain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

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
