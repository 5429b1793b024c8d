package dev.weir.drain;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The words that were found to be values, each with the position of a template at which it was one. Words that vary there
 * may vary elsewhere: once many users are known as such, two of them are evidence enough in the next message that has one.
 *
 * <p>Which words a template keeps depends on what its lines had, never on which came first.
 */
final class Vocabulary {
    /** Words that a template keeps of one position: those that hash least. */
    static final int MOST_AT_ONE = 64;
    /** Words that a template keeps. */
    static final int MOST = 256;

    /** Words that all templates keep together. */
    private static final int MOST_OF_ALL = 1 << 16;

    static final int LONGEST = 64;
    /** A word that more of them have says nothing. */
    private static final int MOST_TEMPLATES = 64;

    /** Of the words at a position it is enough to know these. */
    private static final int KNOWN = 2;

    /** A word and the position it was a value at. */
    record Word(int place, String text) implements Comparable<Word> {
        @Override
        public int compareTo(Word other) {
            int apart = Integer.compare(place, other.place);
            if (apart == 0) {
                apart = Integer.compareUnsigned(text.hashCode() * MIX, other.text.hashCode() * MIX);
            }
            return apart == 0 ? text.compareTo(other.text) : apart;
        }
    }

    private static final int MIX = 0x9E3779B1;

    private final int enough;
    private final Map<String, List<Template>> byWord = new HashMap<>();

    /** Words that templates known here keep. */
    private int size;

    /** Words that have come to be values of some position since the last line was settled. */
    final Set<String> gained;

    /** @param enough words that a position must have had before they say anything of others */
    Vocabulary(int enough, Set<String> gained) {
        this.enough = enough;
        this.gained = gained;
    }

    void add(Template t) {
        t.valueWords.forEach(word -> add(t, word));
        size += t.valueWords.size();
    }

    private void add(Template t, Word word) {
        List<Template> with = byWord.computeIfAbsent(word.text, fresh -> new ArrayList<>(1));
        if (!with.contains(t)) {
            with.add(t);
        }
    }

    void remove(Template t) {
        t.valueWords.forEach(word -> remove(t, word));
        size -= t.valueWords.size();
    }

    private void remove(Template t, Word word) {
        List<Template> with = byWord.get(word.text);
        if (with != null && with.remove(t) && with.isEmpty()) {
            byWord.remove(word.text);
        }
    }

    void clear() {
        byWord.clear();
        size = 0;
    }

    /** Whether two of the words at a position are values of one position elsewhere. */
    boolean knows(List<Template> same, int p) {
        Set<String> words = new HashSet<>();
        for (Template t : same) {
            if (!Evidence.name(t.tokens[p].text)) {
                words.add(t.tokens[p].text);
            }
        }
        for (String text : words) {
            List<Template> with = byWord.getOrDefault(text, List.of());
            for (Template other : with.size() > MOST_TEMPLATES ? List.<Template>of() : with) {
                for (long left = other.evidence; left != 0; left &= left - 1) {
                    int place = Long.numberOfTrailingZeros(left);
                    if (kept(other, new Word(place, text)) >= 0 && values(words, other, place)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private boolean values(Set<String> words, Template other, int place) {
        int known = 0;
        for (String text : words) {
            known += kept(other, new Word(place, text)) >= 0 ? 1 : 0;
        }
        return known >= KNOWN && keptAt(other, place) >= enough;
    }

    /** How many words a template keeps of a position. */
    static int keptAt(Template t, int place) {
        int kept = 0;
        for (Word word : t.valueWords) {
            kept += word.place == place ? 1 : 0;
        }
        return kept;
    }

    /** Learns what stands at positions that are values of {@code t}, which is not among those known here now. */
    void learn(Template t, Token[] tokens, long places) {
        for (long left = places; left != 0; left &= left - 1) {
            int p = Long.numberOfTrailingZeros(left);
            if (keeps(tokens[p])) {
                keep(t, new Word(p, tokens[p].text));
            }
        }
    }

    /** Learns what a template that is folded into {@code t} knew. */
    void learn(Template t, List<Word> words) {
        words.forEach(word -> keep(t, word));
    }

    /** Learns what a line has where its template has values; true if there was anything new. */
    boolean learn(Template t, Token[] tokens) {
        boolean learnt = false;
        for (long left = t.evidence; left != 0; left &= left - 1) {
            int p = Long.numberOfTrailingZeros(left);
            if (keeps(tokens[p])) {
                Word word = new Word(p, tokens[p].text);
                if (room(t, word)) {
                    size -= t.valueWords.size();
                    learnt |= keep(t, word);
                    size += t.valueWords.size();
                    add(t, word);
                }
            }
        }
        return learnt;
    }

    /** Whether a word is none of those a template has, and one that it would keep. */
    private boolean room(Template t, Word word) {
        if (size >= MOST_OF_ALL || kept(t, word) >= 0) {
            return false;
        }
        int same = 0;
        Word last = word;
        for (Word known : t.valueWords) {
            if (known.place == word.place) {
                same++;
                last = known;
            }
        }
        return same < MOST_AT_ONE ? t.valueWords.size() < MOST : word.compareTo(last) < 0;
    }

    /** Where a word is among those that a template keeps; negative if it is none. */
    static int kept(Template t, Word word) {
        return Collections.binarySearch(t.valueWords, word);
    }

    private boolean keep(Template t, Word word) {
        if (!room(t, word)) {
            return false;
        }
        if (t.valueWords.isEmpty()) {
            t.valueWords = new ArrayList<>();
        }
        t.valueWords.add(-1 - kept(t, word), word);
        int from = -1;
        int to = 0;
        for (int i = 0; i < t.valueWords.size(); i++) {
            if (t.valueWords.get(i).place == word.place) {
                from = from < 0 ? i : from;
                to = i + 1;
            }
        }
        if (to - from > MOST_AT_ONE) {
            Word most = t.valueWords.remove(--to);
            if (t.valueWords.stream().noneMatch(known -> known.text.equals(most.text))) {
                remove(t, most);
            }
        }
        if (to - from == enough) {
            t.valueWords.subList(from, to).forEach(known -> gained.add(known.text));
        } else if (to - from > enough) {
            gained.add(word.text);
        }
        return true;
    }

    private static boolean keeps(Token token) {
        return token.kind == Token.WORD && token.text.length() <= LONGEST && token.text.indexOf(Token.OPEN) < 0;
    }
}
