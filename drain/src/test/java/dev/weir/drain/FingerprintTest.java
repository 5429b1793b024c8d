package dev.weir.drain;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The same messages have the same fingerprints in every run, whatever came first there. */
class FingerprintTest {
    static List<Corpus> corpora() {
        return Corpus.all();
    }

    @ParameterizedTest
    @MethodSource("corpora")
    void theOrderOfLinesDoesNotMatter(Corpus corpus) {
        Set<Long> first = fingerprints(corpus.lines());
        List<byte[]> shuffled = new ArrayList<>(corpus.lines());
        Collections.shuffle(shuffled, new Random(11));

        Set<Long> second = fingerprints(shuffled);

        assertEquals(first, second);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void norDoesItWhereMessagesShareTheirUsersHostsAndStates(int seed) {
        List<byte[]> lines = Chatter.lines(seed);
        Set<Long> first = fingerprints(lines);

        for (int order = 0; order < 12; order++) {
            List<byte[]> shuffled = new ArrayList<>(lines);
            Collections.shuffle(shuffled, new Random(order));
            assertEquals(first, fingerprints(shuffled), "Order " + order);
        }
    }

    private static Set<Long> fingerprints(List<byte[]> lines) {
        Miner miner = new Miner(MinerSettings.DEFAULTS.withHeader(false));
        for (byte[] line : lines) {
            miner.mine(miner.source("stdout"), line, 0, line.length, 0, 0);
        }
        Set<Long> all = new HashSet<>();
        miner.templates().forEach(t -> all.add(t.fingerprint()));
        return all;
    }
}
