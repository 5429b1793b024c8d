package dev.weir.cli.ship;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PaceTest {
    private static final long MIB = 1 << 20;
    private static final long BEGUN = 1_000_000;

    private final Pace pace = new Pace(1_024 * MIB);

    @Test
    void letsTheCommandGoFirstWhileItWritesAsFastAsItCan() {
        int shipped = 0;
        for (int millis = 10; millis <= 1_000; millis += 10) {
            long taken = millis * MIB / 10; // 100 MiB a second
            shipped += pace.holdsBack(taken, taken, BEGUN + millis) ? 0 : 1;
        }

        assertTrue(shipped >= 8 && shipped <= 11, "a sign of life now and then, not " + shipped);
    }

    @Test
    void shipsAtOnceWhatTrickles() {
        for (int millis = 10; millis <= 1_000; millis += 10) {
            assertFalse(pace.holdsBack(millis * 1_000L, 50_000, BEGUN + millis)); // 1 MB a second
        }
    }

    @Test
    void shipsWhenTheFloodIsOverAndWhenAQuarterOfTheRoomIsTaken() {
        pace.holdsBack(1, 1, BEGUN);
        pace.holdsBack(100 * MIB, 100 * MIB, BEGUN + 10);

        assertTrue(pace.holdsBack(200 * MIB, 200 * MIB, BEGUN + 20));
        assertFalse(pace.holdsBack(300 * MIB, 300 * MIB, BEGUN + 30));
        assertFalse(pace.holdsBack(300 * MIB, 100 * MIB, BEGUN + 30 + 100));
    }

    @Test
    void takesACommandThatWaitsForACoreInTheMidstOfAFloodForFlooding() {
        pace.holdsBack(1, 1, BEGUN);
        pace.holdsBack(100 * MIB, 100 * MIB, BEGUN + 10);

        assertTrue(pace.isFlood(100 * MIB, 100 * MIB, BEGUN + 50));
        assertFalse(pace.isFlood(100 * MIB, 100 * MIB, BEGUN + 110));
    }

    @Test
    void seesAtTheFirstLookThatACommandHasBegunWithAFlood() {
        assertTrue(pace.isFlood(MIB, MIB, BEGUN));
        assertFalse(new Pace(1_024 * MIB).isFlood(100_000, 100_000, BEGUN));
    }
}
