package dev.weir.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * A command that was typed as one text, as words: blanks divide, quotes and backslashes keep together. No shell ever sees
 * it, so that nothing in a message can be taken for a part of it.
 */
final class CommandWords {
    private CommandWords() {}

    /** @param flag where it was typed, for what is said of one that cannot be read */
    static List<String> of(String flag, String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean begun = false;
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && quote != '\'' && i + 1 < text.length()) {
                word.append(text.charAt(++i));
                begun = true;
            } else if (quote != 0) {
                if (c == quote) {
                    quote = 0;
                } else {
                    word.append(c);
                }
            } else if (c == '\'' || c == '"') {
                quote = c;
                begun = true;
            } else if (c == ' ' || c == '\t' || c == '\n') {
                if (begun) {
                    words.add(word.toString());
                    word.setLength(0);
                    begun = false;
                }
            } else {
                word.append(c);
                begun = true;
            }
        }
        if (quote != 0) {
            throw new UsageException(flag + " is '" + text + "': a quote is not closed");
        }
        if (begun) {
            words.add(word.toString());
        }
        if (words.isEmpty()) {
            throw new UsageException(flag + " is empty: give a command, as in " + flag + " './woken.sh now'");
        }
        return words;
    }
}
