package dev.weir.drain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What slots have seen comes back from their row. */
class SlotsRowTest {
    private final Miner miner = new Miner();

    private int mine(Miner into, String line) {
        byte[] b = Corpus.bytes(line);
        return into.mine(into.source("stdout"), b, 0, b.length, 0, 0);
    }

    private static List<String> said(Miner miner, int id) {
        return miner.template(id).slots().stream()
                .map(slot -> slot.name() + " " + slot.count() + " " + slot.distinct())
                .toList();
    }

    /** A miner from the rows of one template, with its slots' row. */
    private static Miner rebuilt(Miner miner, byte[] slots) {
        Miner other = new Miner();
        miner.rows().drainDirty(new Rows() {
            @Override
            public void template(int id, byte[] row) {
                other.rows().restoreTemplate(row);
            }

            @Override
            public void source(String name, byte[] row) {}

            @Override
            public void tally(Template template, long lines, long events) {}
        });
        other.rows().restoreSlots(0, slots);
        return other;
    }

    @Test
    void valuesOfPlacesAndOfFieldsComeBack() {
        for (int i = 0; i < 20; i++) {
            mine(miner, "{\"msg\":\"moved " + i + " of 20 parts\",\"user\":\"u" + i % 3 + "\",\"host\":\"h\"}");
        }

        Miner other = rebuilt(miner, miner.rows().slotsRow(0));

        assertTrue(said(miner, 0).contains("user 20 3"), said(miner, 0).toString());
        assertEquals(said(miner, 0), said(other, 0));
    }

    @Test
    void aRowIsBoundedAndWhatDoesNotFitStartsAgain() {
        StringBuilder fields = new StringBuilder("{\"msg\":\"moved\"");
        for (int i = 0; i < 40; i++) {
            fields.append(",\"field")
                    .append(i)
                    .append("\":\"%1$s")
                    .append("x".repeat(60))
                    .append("\"");
        }
        String line = fields.append("}").toString();
        for (int i = 0; i < 8; i++) {
            mine(miner, String.format(line, "value" + i));
        }

        byte[] row = miner.rows().slotsRow(0);
        Miner other = rebuilt(miner, row);

        assertTrue(row.length <= SlotsRow.MOST, row.length + " bytes");
        assertTrue(row.length > SlotsRow.MOST / 2, row.length + " bytes");
        assertEquals("field0 8 8", said(other, 0).get(0));
        assertTrue(said(other, 0).size() < said(miner, 0).size(), said(other, 0).toString());
    }

    @Test
    void placesThatTheTemplateHasNotAreLeftOut() {
        mine(miner, "moved 1 parts");
        Miner wider = new Miner();
        mine(wider, "moved 1 of 20 parts to 3");

        Miner other = rebuilt(miner, wider.rows().slotsRow(0));

        assertEquals(1, other.template(0).slots().size());
    }

    @Test
    void aCutRowIsRefused() {
        mine(miner, "moved 1 of 20 parts");
        byte[] row = miner.rows().slotsRow(0);

        assertThrows(
                IllegalArgumentException.class, () -> miner.rows().restoreSlots(0, Arrays.copyOf(row, row.length - 1)));
    }
}
