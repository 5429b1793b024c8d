package dev.weir.drain;

/** A template with the digits taken out of its words: {@code slot J14} and {@code slot J15} have the same one. */
final class Skeleton {
    private static final int WATCHED = 64;

    private Skeleton() {}

    /** A hash, or 0 if no word has digits or no other word would remain. */
    static long key(Template t) {
        boolean digits = false;
        boolean constant = false;
        long h = t.lane + 1;
        for (int p = 0; p < t.tokens.length; p++) {
            Token token = t.tokens[p];
            long own = token.key(p);
            if (token.kind == Token.WORD && p < WATCHED && numbered(token.text)) {
                digits = true;
                own = Bytes.hash(bare(token.text)) + p;
            } else if (token.kind == Token.WORD) {
                constant = true;
            }
            h = Bytes.step(h, own + (token.spaced() ? 1 : 0));
        }
        return digits && constant ? Bytes.finish(h) : 0;
    }

    /** The positions at which two templates of one skeleton differ. */
    static long differences(Template a, Template b) {
        long places = 0;
        if (a.tokens.length != b.tokens.length) {
            return 0;
        }
        for (int p = 0; p < a.tokens.length && p < WATCHED; p++) {
            if (a.tokens[p].kind == Token.WORD && !a.tokens[p].text.equals(b.tokens[p].text)) {
                places |= 1L << p;
            }
        }
        return places;
    }

    private static boolean numbered(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isDigit(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    private static String bare(String text) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Character.isDigit(c)) {
                out.append(c);
            } else if (i == 0 || !Character.isDigit(text.charAt(i - 1))) {
                out.append('0');
            }
        }
        return out.toString();
    }
}
