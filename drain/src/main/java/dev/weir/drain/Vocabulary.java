package dev.weir.drain;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The words that were found to be values, each with the position of a template at which it was one. Words that vary there
 * may vary elsewhere: once many users are known as such, two of them are evidence enough in the next message that has one.
 */
final class Vocabulary {
    /** Words that a template keeps. */
    static final int MOST = 16;

    static final int LONGEST = 64;
    /** A word that more of them have says nothing. */
    private static final int MOST_TEMPLATES = 64;

    /** Of so many words at a position it is enough to know these. */
    private static final int KNOWN = 3;

    /** A word and the position it was a value at. */
    record Word(int place, String text) {}

    private final Map<String, List<Template>> byWord = new HashMap<>();

    void add(Template t) {
        t.valueWords.forEach(word -> add(t, word));
    }

    private void add(Template t, Word word) {
        byWord.computeIfAbsent(word.text, fresh -> new ArrayList<>(1)).add(t);
    }

    void remove(Template t) {
        for (Word word : t.valueWords) {
            List<Template> with = byWord.get(word.text);
            if (with != null && with.remove(t) && with.isEmpty()) {
                byWord.remove(word.text);
            }
        }
    }

    void clear() {
        byWord.clear();
    }

    /** Whether a word is a value anywhere. */
    boolean has(String text) {
        return byWord.containsKey(text);
    }

    /** Whether two of the words at a position are values of one position elsewhere, and with them half of all, or three. */
    boolean knows(List<Template> same, int p) {
        Set<String> words = new HashSet<>();
        same.forEach(t -> words.add(t.tokens[p].text));
        for (String text : words) {
            List<Template> with = byWord.getOrDefault(text, List.of());
            for (Template other : with.size() > MOST_TEMPLATES ? List.<Template>of() : with) {
                for (Word word : other.valueWords) {
                    if (word.text.equals(text) && values(words, other, word.place)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private static boolean values(Set<String> words, Template other, int place) {
        int known = 0;
        for (Word word : other.valueWords) {
            known += word.place == place && words.contains(word.text) ? 1 : 0;
        }
        return known >= 2 && 2 * known >= words.size() || known >= KNOWN;
    }

    /** What stands at a position where {@code same} have just been found to have a value; nothing if that are few words. */
    static List<Word> found(List<Template> same, int p, int many) {
        Set<Word> found = new LinkedHashSet<>();
        for (Template t : same) {
            if (keeps(t.tokens[p])) {
                found.add(new Word(p, t.tokens[p].text));
            }
        }
        return found.size() < many ? List.of() : List.copyOf(found);
    }

    /** Adds words to those of a template that is not here now, as long as there is room. */
    static void learn(Template t, List<Word> words) {
        for (Word word : words) {
            if (t.valueWords.size() < MOST && !t.valueWords.contains(word)) {
                keep(t, word);
            }
        }
    }

    /** Learns what a line has where its template has values whose words are known; true if there was anything new. */
    boolean learn(Template t, Token[] tokens) {
        boolean learnt = false;
        for (long left = t.evidence; left != 0 && t.valueWords.size() < MOST; left &= left - 1) {
            int p = Long.numberOfTrailingZeros(left);
            Word word = new Word(p, tokens[p].text);
            if (keeps(tokens[p])
                    && !t.valueWords.contains(word)
                    && t.valueWords.stream().anyMatch(known -> known.place == p)) {
                keep(t, word);
                add(t, word);
                learnt = true;
            }
        }
        return learnt;
    }

    private static void keep(Template t, Word word) {
        if (t.valueWords.isEmpty()) {
            t.valueWords = new ArrayList<>();
        }
        t.valueWords.add(word);
    }

    private static boolean keeps(Token token) {
        return token.kind == Token.WORD && token.text.length() <= LONGEST && token.text.indexOf(Token.OPEN) < 0;
    }
}
