package dev.weir.cli.mask;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds which of many words occur in a line, upper and lower case alike: the automaton of Aho and Corasick as one flat table.
 *
 * <p>Before it stands a sieve that nearly every line stays in. Each word is in one of eight buckets; a byte's entry tells, in
 * four groups of eight bits, which buckets have <em>no</em> word with that byte as its first, second, third or fourth letter.
 * Shifted by eight at every byte and joined with the next one's entry, a bit that is still zero in the last group is a word's
 * first four letters. Other than the automaton's, its steps need not wait for memory.
 */
final class Keywords {
    private static final int BUCKETS = 8;
    private static final int LETTERS = 4;
    private static final int ALL = -1;

    private final short[] next;
    private final @Nullable BitSet[] found;
    private final int[] sieve;

    private Keywords(short[] next, @Nullable BitSet[] found, int[] sieve) {
        this.next = next;
        this.found = found;
        this.sieve = sieve;
    }

    static Keywords of(List<String> words) {
        short[] next = new short[(1 + words.stream().mapToInt(String::length).sum()) * 256];
        int most = next.length / 256;
        Arrays.fill(next, (short) -1);
        BitSet[] found = new BitSet[most];
        int states = 1;
        for (int word = 0; word < words.size(); word++) {
            int state = 0;
            for (byte b : words.get(word).getBytes(ISO_8859_1)) {
                int at = state * 256 + lower(b & 0xFF);
                if (next[at] < 0) {
                    next[at] = (short) states++;
                }
                state = next[at];
            }
            mark(found, state).set(word);
        }
        link(next, found);
        return new Keywords(next, found, sieve(words));
    }

    /** Words that begin alike share a bucket: two that do not would let each other's letters through. */
    private static int[] sieve(List<String> words) {
        int[] sieve = new int[256];
        Arrays.fill(sieve, ALL);
        List<String> sorted =
                words.stream().map(Keywords::beginning).sorted().distinct().toList();
        for (int i = 0; i < sorted.size(); i++) {
            int bucket = i * BUCKETS / sorted.size();
            String word = sorted.get(i);
            for (int letter = 0; letter < LETTERS; letter++) {
                int bit = 1 << letter * BUCKETS + bucket;
                for (int b = 0; b < 256; b++) {
                    if (letter >= word.length() || lower(b) == word.charAt(letter)) {
                        sieve[b] &= ~bit; // a shorter word goes on with any letter
                    }
                }
            }
        }
        return sieve;
    }

    private static String beginning(String word) {
        StringBuilder lowered = new StringBuilder();
        for (int i = 0; i < Math.min(word.length(), LETTERS); i++) {
            lowered.append((char) lower(word.charAt(i) & 0xFF));
        }
        return lowered.toString();
    }

    private static int lower(int b) {
        return b >= 'A' && b <= 'Z' ? b + 32 : b;
    }

    private static BitSet mark(BitSet[] found, int state) {
        if (found[state] == null) {
            found[state] = new BitSet();
        }
        return found[state];
    }

    /** Gives every state a way on for every byte, breadth first, and both cases the same way. */
    private static void link(short[] next, BitSet[] found) {
        short[] fallback = new short[found.length];
        Deque<Integer> open = new ArrayDeque<>();
        for (int b = 0; b < 256; b++) {
            if (next[b] < 0) {
                next[b] = 0;
            } else {
                open.add((int) next[b]);
            }
        }
        while (!open.isEmpty()) {
            int state = open.remove();
            int behind = fallback[state];
            if (found[behind] != null) {
                mark(found, state).or(found[behind]);
            }
            for (int b = 0; b < 256; b++) {
                int at = state * 256 + b;
                short way = next[behind * 256 + b];
                if (next[at] < 0) {
                    next[at] = way;
                } else {
                    fallback[next[at]] = way;
                    open.add((int) next[at]);
                }
            }
        }
        for (int state = 0; state < found.length; state++) {
            for (int b = 'A'; b <= 'Z'; b++) {
                next[state * 256 + b] = next[state * 256 + lower(b)];
            }
        }
    }

    /**
     * The numbers of the words that occur; null if none does. The sieve looks for where a word may begin, the automaton whether
     * it does, until it is back at its root: there no word has begun, and the sieve, which is faster, goes on.
     */
    @Nullable
    BitSet in(byte[] bytes, int start, int length) {
        int end = start + length;
        BitSet all = null;
        for (int at = passed(bytes, start, end); at >= 0; at = at < end ? passed(bytes, at, end) : -1) {
            int state = 0;
            do {
                state = next[state << 8 | bytes[at++] & 0xFF];
                BitSet here = found[state];
                if (here != null) {
                    if (all == null) {
                        all = new BitSet();
                    }
                    all.or(here);
                }
            } while (state != 0 && at < end);
        }
        return all;
    }

    /** Where the first word may begin; negative if nowhere. */
    private int passed(byte[] bytes, int start, int end) {
        int[] table = sieve;
        int closed = ALL;
        for (int i = start; i < end; i++) {
            closed = closed << BUCKETS | table[bytes[i] & 0xFF];
            if (closed >>> (LETTERS - 1) * BUCKETS != 0xFF) {
                return i - (LETTERS - 1);
            }
        }
        // A word of three letters at the very end has no fourth byte behind it.
        boolean open = (closed >>> (LETTERS - 2) * BUCKETS & 0xFF) != 0xFF;
        return open ? end - (LETTERS - 1) : -1;
    }
}
