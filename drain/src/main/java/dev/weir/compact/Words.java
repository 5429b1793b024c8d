package dev.weir.compact;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The words of every line that is shown, by which a line is known that repeats another. */
final class Words {
    /** Of so many words a line must be to be one that repeats another. */
    private static final int FEW = 4;
    /** What part of them the other must have. */
    private static final double MOST = .9;

    private final List<Set<Integer>> said = new ArrayList<>();

    void add(String line) {
        said.add(of(line));
    }

    /** Whether a line that is shown has its words, too, or it has none: a caret, a rule. */
    boolean have(String line) {
        Set<Integer> own = of(line);
        return own.isEmpty() || own.size() >= FEW && said.stream().anyMatch(other -> most(own, other));
    }

    private static boolean most(Set<Integer> own, Set<Integer> other) {
        int missing = (int) (own.size() * (1 - MOST));
        for (Integer word : own) {
            if (!other.contains(word) && --missing < 0) {
                return false;
            }
        }
        return true;
    }

    /** Its words; numbers only where they say which line of a file. */
    private static Set<Integer> of(String text) {
        Set<Integer> words = new HashSet<>();
        boolean place = Suspicion.place(text);
        int hash = 0;
        boolean word = false;
        for (int i = 0; i <= text.length(); i++) {
            char c = i < text.length() ? text.charAt(i) : ' ';
            if (Character.isLetter(c) || c == '_' || (place || hash != 0) && Character.isDigit(c)) {
                hash = hash * 31 + c;
                word |= place || Character.isLetter(c);
            } else {
                if (word) {
                    words.add(hash);
                }
                hash = 0;
                word = false;
            }
        }
        return words;
    }
}
