package dev.weir.drain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StructuresTest {
    @Test
    void holdsWhatAMapHoldsWhateverIsTakenOut() {
        Random random = new Random(4);
        Structures structures = new Structures();
        Map<Long, Structure> expected = new HashMap<>();
        for (int i = 0; i < 20_000; i++) {
            long form = random.nextInt(500) * 64L % 4096 + random.nextInt(3);
            if (random.nextBoolean()) {
                Structure made = structures.getOrMake(form);
                assertSame(expected.computeIfAbsent(form, f -> made), made);
            } else {
                structures.remove(form);
                expected.remove(form);
            }
        }
        for (long form = 0; form < 4100; form++) {
            assertEquals(expected.get(form), structures.get(form));
        }
    }
}
