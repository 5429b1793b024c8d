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
    private static final int NO_RULE = -1;

    private final List<Rule> rules = new ArrayList<>();
    private final List<String> words = new ArrayList<>();
    private final List<Integer> owners = new ArrayList<>(); // of each word: a rule, if any
    private final BitSet always = new BitSet();
    private final int addsMask;
    private final int beginsKey;
    private final Set<String> learnt = new HashSet<>();
    private Keywords keywords;

    Known(Map<String, String> patterns, Map<String, String> values) {
        patterns.forEach((name, pattern) -> add(new Rule(name, List.of(), List.of(), pattern)));
        values.forEach(this::addValue);
        Rule.own().forEach(this::add);
        addsMask = word(ADD_MASK, NO_RULE);
        beginsKey = word(KEY_BEGIN, NO_RULE);
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
                        name,
                        List.of(line.substring(0, Math.min(line.length(), LONGEST_WORD))),
                        List.of(),
                        Pattern.quote(line))));
    }

    private int word(String word, int owner) {
        words.add(word);
        owners.add(owner);
        return words.size() - 1;
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

    /** The rules worth trying on a line in which these words occur. */
    List<Rule> candidates(@Nullable BitSet found, String line) {
        BitSet candidates = (BitSet) always.clone();
        if (found != null) {
            for (int word = found.nextSetBit(0); word >= 0; word = found.nextSetBit(word + 1)) {
                int owner = owners.get(word);
                if (owner >= 0 && rules.get(owner).mayBeIn(line)) {
                    candidates.set(owner);
                }
            }
        }
        List<Rule> worth = new ArrayList<>();
        for (int rule = candidates.nextSetBit(0); rule >= 0; rule = candidates.nextSetBit(rule + 1)) {
            worth.add(rules.get(rule));
        }
        return worth;
    }

    boolean addsMask(@Nullable BitSet found) {
        return found != null && found.get(addsMask);
    }

    boolean beginsKey(@Nullable BitSet found) {
        return found != null && found.get(beginsKey);
    }
}
