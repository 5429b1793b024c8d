package dev.weir.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
    private static final Table TABLE = new Table(
            List.of("RUN", "JOB", "STARTED", "NONE", "TITLE"),
            List.of(List.of("r1", "処理", "10:00", "", "a long title"), List.of("r2", "b", "11:00", "", "")));

    @Test
    void alignsByWhatCharactersTakeAndLeavesOutWhatIsEmpty() {
        assertEquals("""
                RUN  JOB   STARTED  TITLE
                r1   処理  10:00    a long title
                r2   b     11:00
                """, TABLE.text());
    }

    @Test
    void goesWithoutTheDispensableUntilAllButTheLastFits() {
        assertEquals(TABLE, TABLE.within(18, List.of("STARTED", "JOB")));
        assertEquals(
                List.of("RUN", "JOB", "NONE", "TITLE"),
                TABLE.within(17, List.of("STARTED", "JOB")).head());
        assertEquals(
                List.of("RUN", "NONE", "TITLE"),
                TABLE.within(3, List.of("STARTED", "JOB")).head());
    }
}
