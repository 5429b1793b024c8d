package dev.weir.cli.mask;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds which of many words occur in a line, upper and lower case alike: the automaton of Aho and Corasick as one flat table.
 *
 * <p>Before it stands a sieve that nearly every line stays in, and that looks at two bytes at once. Each word is in one of eight
 * buckets. A pair of bytes has an entry that tells in which buckets a word has it first and, in the upper half, in which a word
 * has it next; twice eight bits each, for a word may begin at an even place or at an odd one, where its first letter is left
 * out of account. Where a bit of one pair's entry meets the same bit in the upper half of the next one's, a word may stand.
 * Other than the automaton's, the sieve's steps need not wait for one another.
 */
final class Keywords {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int BUCKETS = 8;
    private static final int NEXT = 2 * BUCKETS; // by how much an entry's upper half is shifted
    private static final int LETTERS = 5;
    private static final int ANY = -1;

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
        int[] sieve = new int[1 << 16];
        List<String> sorted =
                words.stream().map(Keywords::beginning).sorted().distinct().toList();
        for (int i = 0; i < sorted.size(); i++) {
            String word = sorted.get(i);
            int even = 1 << i * BUCKETS / sorted.size();
            int odd = even << BUCKETS;
            open(sieve, even, letter(word, 0), letter(word, 1));
            open(sieve, even << NEXT, letter(word, 2), letter(word, 3));
            if (word.length() > 3) {
                open(sieve, odd, letter(word, 1), letter(word, 2));
                open(sieve, odd << NEXT, letter(word, 3), letter(word, 4));
            } else {
                open(sieve, odd, ANY, letter(word, 0));
                open(sieve, odd << NEXT, letter(word, 1), letter(word, 2));
            }
        }
        return sieve;
    }

    /** A shorter word goes on with any letter. */
    private static int letter(String word, int at) {
        return at < word.length() ? word.charAt(at) : ANY;
    }

    private static void open(int[] sieve, int bit, int first, int second) {
        for (int b = second == ANY ? 0 : second; b <= (second == ANY ? 255 : second); b++) {
            for (int a = first == ANY ? 0 : first; a <= (first == ANY ? 255 : first); a++) {
                sieve[a | b << 8] |= bit;
                sieve[upper(a) | b << 8] |= bit;
                sieve[a | upper(b) << 8] |= bit;
                sieve[upper(a) | upper(b) << 8] |= bit;
            }
        }
    }

    private static String beginning(String word) {
        StringBuilder lowered = new StringBuilder();
        for (int i = 0; i < Math.min(word.length(), LETTERS); i++) {
            lowered.append((char) lower(word.charAt(i) & 0xFF));
        }
        return lowered.toString();
    }

    private static int upper(int b) {
        return b >= 'a' && b <= 'z' ? b - 32 : b;
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
        int at = start;
        for (int second; at < end && (second = passed(bytes, at, end)) >= 0; ) {
            at = Math.max(at, second - 3);
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
            } while (at < end && (state != 0 || at < second));
        }
        return all;
    }

    /** Where the first word that may stand here has its second pair: it begins one to three bytes before. Negative if none does. */
    private int passed(byte[] bytes, int start, int end) {
        int[] entries = sieve;
        int before = 0;
        int i = start;
        for (; i <= end - Long.BYTES; i += Long.BYTES) {
            long eight = (long) LONGS.get(bytes, i);
            int a = entries[(int) eight & 0xFFFF];
            int b = entries[(int) (eight >>> 16) & 0xFFFF];
            int c = entries[(int) (eight >>> 32) & 0xFFFF];
            int d = entries[(int) (eight >>> 48)];
            if (((before << NEXT & a) | (a << NEXT & b) | (b << NEXT & c) | (c << NEXT & d)) != 0) {
                break;
            }
            before = d;
        }
        for (; i < end; i += 2) {
            // Behind the end stands nothing, which is any letter to a word that is over.
            int entry = entries[bytes[i] & 0xFF | (i + 1 < end ? (bytes[i + 1] & 0xFF) << 8 : 0)];
            if ((before << NEXT & entry) != 0) {
                return i;
            }
            before = entry;
        }
        return -1;
    }
}
