package dev.weir.cli.mask;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known to be secret in a run: the rules, and the words by which a line is told to be worth trying them. Shared by the
 * maskers of all its sources, for it is large and there may be thousands of them. Single-threaded.
 */
final class Known {
    static final String ADD_MASK = "::add-mask::";

    private static final String KEY_BEGIN = "-----begin ";
    private static final int SHORTEST_VALUE = 6;
    private static final int LONGEST_WORD = 16; // enough to rule a line out
    private static final int ADDS_MASK = -1;
    private static final int BEGINS_KEY = -2;

    private final List<Rule> rules = new ArrayList<>();
    private final List<String> words = new ArrayList<>();
    private final List<Integer> owners = new ArrayList<>(); // of each word: a rule, or one of the above
    private final BitSet always = new BitSet();
    private final Set<String> learnt = new HashSet<>();
    private Keywords keywords;

    Known(Map<String, String> patterns, Map<String, String> values) {
        patterns.forEach((name, pattern) -> add(new Rule(name, List.of(), pattern)));
        values.forEach(this::addValue);
        Rule.own().forEach(this::add);
        word(ADD_MASK, ADDS_MASK);
        word(KEY_BEGIN, BEGINS_KEY);
        keywords = Keywords.of(words);
    }

    private void add(Rule rule) {
        if (rule.keywords().isEmpty()) {
            always.set(rules.size());
        }
        rule.keywords().forEach(keyword -> word(keyword, rules.size()));
        rules.add(rule);
    }

    /** A value of several lines is a secret in each of them; only the longer lines, or every brace would be masked. */
    private void addValue(String name, String value) {
        new String(value.getBytes(UTF_8), ISO_8859_1)
                .lines()
                .filter(line -> line.length() >= SHORTEST_VALUE)
                .forEach(line -> add(new Rule(
                        name, List.of(line.substring(0, Math.min(line.length(), LONGEST_WORD))), Pattern.quote(line))));
    }

    private void word(String word, int owner) {
        words.add(word);
        owners.add(owner);
    }

    /** From now on this value is a secret. */
    void learn(String name, String value) {
        if (value.length() >= SHORTEST_VALUE && learnt.add(value)) {
            addValue(name, value);
            keywords = Keywords.of(words);
        }
    }

    boolean looksAtEveryLine() {
        return !always.isEmpty();
    }

    /** The numbers of the words that occur; null if none does. */
    @Nullable
    BitSet in(byte[] bytes, int start, int length) {
        return keywords.in(bytes, start, length);
    }

    /** The rules worth trying where these words occur. */
    List<Rule> candidates(@Nullable BitSet found) {
        BitSet candidates = (BitSet) always.clone();
        if (found != null) {
            found.stream().map(owners::get).filter(owner -> owner >= 0).forEach(candidates::set);
        }
        return candidates.stream().mapToObj(rules::get).toList();
    }

    boolean addsMask(@Nullable BitSet found) {
        return found != null && found.get(owners.indexOf(ADDS_MASK));
    }

    boolean beginsKey(@Nullable BitSet found) {
        return found != null && found.get(owners.indexOf(BEGINS_KEY));
    }
}
