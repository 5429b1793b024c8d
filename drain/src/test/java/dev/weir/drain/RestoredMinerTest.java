package dev.weir.drain;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A miner rebuilt from its rows goes on as the original would, wherever it is cut. */
class RestoredMinerTest {
    /** The rows of a run as a store would hold them. */
    private static final class Store implements Rows {
        final TreeMap<Integer, byte[]> templates = new TreeMap<>();
        final Map<String, byte[]> sources = new HashMap<>();
        final Map<Integer, long[]> tallies = new HashMap<>();
        int nextId;

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

        void save(Miner miner) {
            miner.rows().drainDirty(this);
            nextId = miner.nextId();
        }

        Miner rebuild(MinerSettings settings) {
            Miner miner = new Miner(settings);
            templates.values().forEach(miner.rows()::restoreTemplate);
            tallies.forEach((id, t) -> miner.rows().restoreTally(id, t[0], t[1], t[2], (int) t[3]));
            sources.values().forEach(miner.rows()::restoreSource);
            miner.rows().restored(nextId);
            return miner;
        }
    }

    static List<Corpus> corpora() {
        List<Corpus> all = new ArrayList<>(Corpus.all());
        all.add(new Corpus("everything at once", Corpus.interleaved(all)));
        return all;
    }

    @ParameterizedTest
    @MethodSource("corpora")
    void goesOnExactlyAsTheOriginalWould(Corpus corpus) {
        for (int seed = 0; seed < 6; seed++) {
            drive(corpus.lines(), MinerSettings.DEFAULTS, seed);
        }
    }

    @Test
    void goesOnExactlyWhenTemplatesAreScarceAndLeave() {
        List<byte[]> lines = Corpus.interleaved(Corpus.own());

        for (int seed = 0; seed < 6; seed++) {
            drive(lines, MinerSettings.DEFAULTS.withMaxTemplates(24), seed);
        }
    }

    @Test
    void goesOnExactlyWhereWordsOfOneMessageAreValuesInOthers() {
        for (int seed = 0; seed < 6; seed++) {
            drive(Chatter.lines(seed), MinerSettings.DEFAULTS, seed);
        }
    }

    private static void drive(List<byte[]> lines, MinerSettings settings, int seed) {
        Random random = new Random(seed);
        Miner original = new Miner(settings);
        Miner restored = new Miner(settings);
        Store store = new Store();
        int at = 0;
        int end = 0;
        while (at < lines.size()) {
            end = Math.min(lines.size(), end + 1 + random.nextInt(lines.size() / 3 + 1));
            for (; at < end; at++) {
                byte[] line = lines.get(at);
                String name = "s" + (at * 7 + seed) % 2;
                int expected = original.mine(original.source(name), line, 0, line.length, at, 1);
                int actual = restored.mine(restored.source(name), line, 0, line.length, at, 1);
                assertEquals(
                        expected, actual, () -> "id of " + new String(line, java.nio.charset.StandardCharsets.UTF_8));
                assertEquals(original.firstOfEvent(), restored.firstOfEvent());
                assertEquals(original.level(), restored.level());
            }
            if (random.nextBoolean() && settings.maxTemplates() < 100) {
                int leaves = original.templates()
                        .get(random.nextInt(original.templates().size()))
                        .id();
                original.evict(leaves);
                restored.evict(leaves);
            }
            store.save(restored);
            restored = store.rebuild(settings.withSeed(random.nextLong()));
            assertEquals(told(original), told(restored));
        }
    }

    private static List<String> told(Miner miner) {
        return miner.templates().stream()
                .map(t -> t.id() + " " + t.totalCount() + "/" + t.totalEvents() + " " + t.count() + " " + t.lane() + " "
                        + t.level() + " " + t.firstOffset() + "-" + t.lastOffset() + " " + t.places() + " "
                        + Long.toHexString(t.fingerprint()) + " " + t.text())
                .toList();
    }
}
