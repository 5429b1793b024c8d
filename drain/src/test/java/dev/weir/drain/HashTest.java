package dev.weir.drain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HashTest {
    @Test
    void aRunHashesAlikeHoweverItIsRead() {
        Hash hash = new Hash(5);
        byte[] text = Corpus.bytes("connectionbroken................");

        long one = hash.of(text, 0, 16);

        assertEquals(hash.of(Bytes.load(text, 0), Bytes.load(text, 8), 16), one);
        assertEquals(hash.of(Bytes.tail(text, 0, 5), 5), hash.of(text, 0, 5));
    }

    @Test
    void anotherSeedGivesOtherHashes() {
        byte[] text = Corpus.bytes("refused");

        assertNotEquals(new Hash(1).of(text, 0, 7), new Hash(2).of(text, 0, 7));
        assertNotEquals(new Hash(1).of("refused"), new Hash(2).of("refused"));
    }

    /** The highest bit of a product is a weak spot: it depends on little, and can be led to where the next block undoes it. */
    @Test
    void aDifferenceInOneBlockIsNotUndoneByOneInTheNext() {
        byte[] text = Corpus.bytes("connectionbroken");
        byte[] other = text.clone();
        other[7] ^= (byte) 0x80;

        for (int bit = 0; bit < 64; bit++) {
            byte[] undone = other.clone();
            undone[8 + bit / 8] ^= (byte) (1 << bit % 8);
            for (int seed = 0; seed < 50; seed++) {
                Hash hash = new Hash(seed);
                assertNotEquals(hash.of(text, 0, 16), hash.of(undone, 0, 16));
            }
        }
    }

    @Test
    void manyWordsHashApart() {
        Hash hash = new Hash(3);
        Random random = new Random(3);
        Set<Long> seen = new HashSet<>();
        byte[] word = new byte[12];
        for (int i = 0; i < 100_000; i++) {
            random.nextBytes(word);
            seen.add(hash.of(word, 0, word.length));
        }

        assertEquals(100_000, seen.size());
    }
}
