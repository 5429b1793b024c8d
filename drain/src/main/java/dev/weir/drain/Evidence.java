package dev.weir.drain;

import java.util.List;
import java.util.Set;

/** Decides whether the words seen at one position, with all else equal, are many enough to be values. */
final class Evidence {
    private Evidence() {}

    static boolean suffices(MinerSettings settings, Relations relations, Template t, int p, List<Template> same) {
        int words = 0;
        int values = 0;
        for (Template other : same) {
            if (other.tokens[p].kind == Token.VALUE) {
                values++;
            } else {
                words++;
            }
        }
        boolean itself = t.tokens[p].kind == Token.WORD && wordy(t.tokens[p].text);
        int constants = constants(t) - (itself ? 1 : 0);
        if (constants == 0) {
            return false;
        }
        if (values > 0 && words > 0) {
            return true;
        }
        if (words >= settings.valueWords() && names(same, p) && !Labels.key(t, p) || words == 2 && yesAndNo(same, p)) {
            return true;
        }
        if (constants > 1 && !Labels.key(t, p) && relations.vocabulary.knows(same, p)) {
            return true;
        }
        return words >= needed(settings, relations.keyNames(), t, p, constants);
    }

    /** How many words with letters in them a template has. */
    static int constants(Template t) {
        int constants = 0;
        for (Token token : t.tokens) {
            if (token.kind == Token.WORD && wordy(token.text)) {
                constants++;
            }
        }
        return constants;
    }

    static int needed(MinerSettings settings, Set<String> keyNames, Template t, int p, int constants) {
        if (Labels.key(t, p)) {
            return settings.leadWords();
        }
        if (Labels.quoted(t, p) || Labels.field(t, p) || Labels.list(t, p)) {
            return settings.valueWords();
        }
        if (p > 0) {
            Token before = t.tokens[p - 1];
            if (before.kind == Token.PUNCTUATION && before.text.equals("=")
                    || before.kind == Token.WORD && keyNames.contains(before.text)) {
                return settings.valueWords();
            }
        }
        return p == 0 || constants == 1 ? settings.leadWords() : settings.words();
    }

    /** Whether all words there are names of several parts, as packages, hosts and files are. */
    static boolean names(List<Template> same, int p) {
        for (Template t : same) {
            if (t.tokens[p].kind == Token.WORD && !name(t.tokens[p].text)) {
                return false;
            }
        }
        return true;
    }

    static boolean name(String text) {
        return text.indexOf('/') > 0 && text.indexOf('.') > 0 || Skeleton.qualified(text);
    }

    private static boolean yesAndNo(List<Template> same, int p) {
        for (Template t : same) {
            String text = t.tokens[p].text;
            if (!text.equalsIgnoreCase("yes") && !text.equalsIgnoreCase("no")) {
                return false;
            }
        }
        return true;
    }

    private static boolean wordy(String text) {
        int letters = 0;
        for (int i = 0; i < text.length(); i++) {
            if (Character.isLetter(text.charAt(i)) && ++letters == 2) {
                return true;
            }
        }
        return false;
    }
}
