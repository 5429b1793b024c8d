package dev.weir.drain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;

/** A row that was damaged is refused with a message; one that is taken is written again as it was read. */
class RowsFuzzTest {

    @FuzzTest(maxDuration = "5m")
    void templateRowIsReadOrRefused(byte[] row) {
        Template read;
        try {
            read = TemplateRow.read(row);
        } catch (IllegalArgumentException refused) {
            assertTrue(refused.toString().contains(": Damaged row"), refused.toString());
            return;
        }
        byte[] once = TemplateRow.write(read);

        assertArrayEquals(once, TemplateRow.write(TemplateRow.read(once)));
    }

    /** The first byte of the input says which kind of row the rest is. */
    @FuzzTest(maxDuration = "5m")
    void otherRowsAreReadOrRefused(byte[] input) {
        if (input.length == 0) {
            return;
        }
        byte[] row = Arrays.copyOfRange(input, 1, input.length);
        Mined mined = Mined.of("job 1 done in 5 ms\njob 2 done in 7 ms\nts=1 level=warn msg=\"queue is long\" depth=3");
        try {
            if (input[0] % 2 == 0) {
                mined.miner.rows().restoreSource(row);
            } else {
                mined.miner.rows().restoreSlots(0, row);
                assertTrue(mined.miner.rows().slotsRow(0).length <= 4096);
            }
        } catch (IllegalArgumentException refused) {
            assertTrue(refused.toString().contains(": Damaged row"), refused.toString());
        }
    }
}
