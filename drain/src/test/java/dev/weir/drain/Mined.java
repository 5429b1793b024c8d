package dev.weir.drain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Lines that have been mined, and what must hold of it whatever they were. */
final class Mined {
    final Miner miner;
    private final MinerSettings settings;
    private final List<byte[]> lines;
    private final List<Integer> ids = new ArrayList<>();

    private Mined(MinerSettings settings, List<byte[]> lines) {
        this.settings = settings;
        this.lines = lines;
        this.miner = new Miner(settings);
    }

    static Mined all(MinerSettings settings, List<byte[]> lines) {
        Mined mined = new Mined(settings, lines);
        mined.go(mined.miner, 0, lines.size(), mined.ids);
        return mined;
    }

    private void go(Miner with, int from, int to, List<Integer> into) {
        Miner.Source source = with.source("stdout");
        for (int i = from; i < to; i++) {
            byte[] line = lines.get(i);
            into.add(with.mine(source, line, 0, line.length, i, 0));
        }
    }

    /** Counts add up, caps hold, texts are clean, and a miner rebuilt half way ends up the same. */
    void check() {
        long counted = 0;
        for (Template t : miner.templates()) {
            counted += t.totalCount();
            assertTrue(t.totalEvents() <= t.totalCount(), "More events than lines in " + t);
            assertTrue(t.text().indexOf('\n') < 0, "A line end in the text of template " + t.id());
        }
        assertEquals(lines.size(), counted, "Lines counted");
        assertTrue(miner.liveCount() <= settings.maxTemplates(), "Live templates: " + miner.liveCount());
        for (int id : ids) {
            assertTrue(miner.template(miner.resolve(id)).live(), "Template " + id + " leads to none that is alive");
        }
        rebuiltHalfWayIsTheSame();
    }

    private void rebuiltHalfWayIsTheSame() {
        int half = lines.size() / 2;
        List<Integer> before = new ArrayList<>();
        Miner first = new Miner(settings);
        go(first, 0, half, before);
        Miner second = Written.of(first).restore(settings);
        List<Integer> after = new ArrayList<>(before);
        go(second, half, lines.size(), after);

        assertEquals(ids, after, "Ids of lines, with a restart after line " + half);
        assertEquals(summary(miner), summary(second), "Templates, with a restart after line " + half);
    }

    private static String summary(Miner miner) {
        StringBuilder out = new StringBuilder();
        for (Template t : miner.templates()) {
            out.append(t).append(' ').append(t.level()).append(' ').append(t.totalCount());
            out.append(' ').append(t.totalEvents()).append('\n');
        }
        return out.toString();
    }

    /** All rows of a miner, as a store holds them. */
    static final class Written implements Rows {
        final Map<Integer, byte[]> templates = new TreeMap<>();
        final Map<String, byte[]> sources = new LinkedHashMap<>();
        final Map<Integer, byte[]> slots = new LinkedHashMap<>();
        private final Map<Integer, long[]> tallies = new LinkedHashMap<>();
        private int nextId;

        static Written of(Miner miner) {
            Written rows = new Written();
            miner.rows().drainDirty(rows);
            miner.rows().dirtySlots(t -> rows.slots.put(t.id(), miner.rows().slotsRow(t.id())));
            rows.nextId = miner.nextId();
            return rows;
        }

        Miner restore(MinerSettings settings) {
            Miner miner = new Miner(settings);
            templates.values().forEach(miner.rows()::restoreTemplate);
            tallies.forEach((id, n) -> miner.rows().restoreTally(id, n[0], n[1], n[2], (int) n[3]));
            sources.values().forEach(miner.rows()::restoreSource);
            slots.forEach(miner.rows()::restoreSlots);
            miner.rows().restored(nextId);
            return miner;
        }

        @Override
        public void template(int id, byte[] row) {
            templates.put(id, row);
        }

        @Override
        public void source(String name, byte[] row) {
            sources.put(name, row);
        }

        @Override
        public void tally(Template t, long lines, long events) {
            tallies.put(t.id(), new long[] {t.count(), t.events(), t.lastOffset(), t.lastIndex()});
        }
    }

    static Mined of(String text) {
        return all(MinerSettings.DEFAULTS, GoldenTest.Lines.of(text.getBytes(StandardCharsets.UTF_8)));
    }
}
