package dev.weir.api.lines;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ResendsTest {
    @Test
    void whatFollowsIsNewAndWhatComesAgainIsNot() {
        Resends resends = new Resends();

        for (int seq = 5; seq < 10; seq++) {
            assertTrue(resends.isNew(entry("a", seq)));
        }
        assertTrue(resends.isNew(entry("b", 0)));

        assertFalse(resends.isNew(entry("a", 7)));
        assertFalse(resends.isNew(entry("a", 9)));
        assertFalse(resends.isNew(entry("a", 4)), "before the first one seen");
        assertTrue(resends.isNew(entry("a", 10)));
        assertTrue(resends.isNew(entry("a", 12)));
        assertTrue(resends.isNew(entry("a", 11)));
        assertFalse(resends.isNew(entry("a", 12)));
    }

    /** Beside a set of all numbers, which is what it stands for. */
    @Test
    void agreesWithASetOfAllNumbers() {
        Random random = new Random(7);
        for (int round = 0; round < 200; round++) {
            Resends resends = new Resends();
            Map<String, Set<Long>> shown = new HashMap<>();
            Map<String, Long> first = new HashMap<>();
            Map<String, Long> next = new HashMap<>();
            for (int i = 0; i < 300; i++) {
                String source = random.nextInt(4) == 0 ? "b" : "a";
                long seq = random.nextInt(4) > 0
                        ? next.getOrDefault(source, 10L)
                        : Math.max(0, next.getOrDefault(source, 10L) + random.nextInt(12) - 8);
                next.put(source, seq + 1);
                boolean expected = seq >= first.computeIfAbsent(source, one -> seq)
                        && shown.computeIfAbsent(source, one -> new HashSet<>()).add(seq);

                assertEquals(expected, resends.isNew(entry(source, seq)), source + " " + seq);
            }
        }
    }

    private static Entry entry(String source, long seq) {
        return new Entry(Entry.Kind.LINE, seq, 0, 0, 0, source, "stdout", seq, new byte[0], 0, true, true, "", 1);
    }
}
