package dev.weir.cli.mask;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds which of many words occur in a line, in one pass over its bytes whatever their number, upper and lower case alike:
 * the automaton of Aho and Corasick as one flat table. Nearly every line ends here.
 */
final class Keywords {
    private final short[] next;
    private final @Nullable BitSet[] found;

    private Keywords(short[] next, @Nullable BitSet[] found) {
        this.next = next;
        this.found = found;
    }

    static Keywords of(List<String> words) {
        int most = 1 + words.stream().mapToInt(String::length).sum();
        short[] next = new short[most * 256];
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
        return new Keywords(next, found);
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

    /** The numbers of the words that occur; null if none does. */
    @Nullable
    BitSet in(byte[] bytes, int start, int length) {
        BitSet all = null;
        int state = 0;
        for (int i = start; i < start + length; i++) {
            state = next[state << 8 | bytes[i] & 0xFF];
            BitSet here = found[state];
            if (here != null) {
                if (all == null) {
                    all = new BitSet();
                }
                all.or(here);
            }
        }
        return all;
    }
}
