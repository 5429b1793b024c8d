package dev.weir.drain;

/** What stands around a position and says whether its words are names, values or neither. */
final class Labels {
    private static final int FIELDS = 3;

    private Labels() {}

    /** Whether an equals sign stands right behind a position: then its words name values, and are none themselves. */
    static boolean key(Template t, int p) {
        return p + 1 < t.tokens.length && t.tokens[p + 1].text.equals("=") && !t.tokens[p + 1].spaced();
    }

    /** Whether a position is all that stands in a pair of quotes, which is how people mark what they fill in. */
    static boolean quoted(Template t, int p) {
        return p > 1
                && p + 1 < t.tokens.length
                && (t.tokens[p - 1].text.equals("\"") || t.tokens[p - 1].text.equals("'"))
                && t.tokens[p + 1].text.equals(t.tokens[p - 1].text)
                && !t.tokens[p].spaced()
                && !t.tokens[p + 1].spaced();
    }

    /** Whether a position is all that stands in brackets, and a list of words. */
    static boolean list(Template t, int p) {
        return p > 0
                && p + 1 < t.tokens.length
                && t.tokens[p].text.indexOf(',') > 0
                && t.tokens[p - 1].text.equals("[")
                && t.tokens[p + 1].text.equals("]");
    }

    /** Whether a position is the whole value of a field in a list of at least three: {@code state: up, mode: full, by: me}. */
    static boolean field(Template t, int p) {
        if (!value(t, p)) {
            return false;
        }
        int fields = 0;
        for (int i = 2; i < t.tokens.length && fields < FIELDS; i++) {
            fields += value(t, i) ? 1 : 0;
        }
        return fields == FIELDS;
    }

    private static boolean value(Template t, int p) {
        if (p < 2
                || t.tokens[p].kind == Token.PUNCTUATION
                || !t.tokens[p - 1].text.equals(":")
                || t.tokens[p - 1].spaced()
                || t.tokens[p - 2].kind != Token.WORD) {
            return false;
        }
        if (p + 1 == t.tokens.length || t.tokens[p + 1].text.equals(",") || t.tokens[p + 1].text.equals(";")) {
            return true;
        }
        return !t.tokens[p].spaced() && t.tokens[p + 1].spaced();
    }
}
