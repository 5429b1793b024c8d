package dev.weir.drain;

/**
 * A template without what is a name's own in its words: {@code slot J14} and {@code slot J15} have the same one, and so
 * have {@code load com.acme.Cache as com.acme.Store} and {@code load com.acme.Queue as com.acme.Topic}.
 */
final class Skeleton {
    private static final int WATCHED = 64;
    private static final long SHOUTED = 0x57A7E5L;
    private static final long QUALIFIED = 0x71A11F1EDL;

    private Skeleton() {}

    /** A hash, or 0 if no word has digits or no other word would remain. */
    static long key(Template t, Hash hash) {
        boolean named = false;
        boolean constant = false;
        long h = t.lane + 1;
        for (int p = 0; p < t.tokens.length; p++) {
            Token token = t.tokens[p];
            long own = token.key(p, hash);
            if (token.kind == Token.WORD && p < WATCHED && classLike(token.text)) {
                named = true;
                own = QUALIFIED + p;
            } else if (token.kind == Token.WORD && p < WATCHED && shouted(token.text)) {
                named = true;
                own = SHOUTED + p;
            } else if (token.kind == Token.WORD && p < WATCHED && numbered(token.text)) {
                named = true;
                own = hash.of(bare(token.text)) + p;
            } else if (token.kind == Token.WORD) {
                constant = true;
            }
            h = Bytes.step(h, own + (Keys.spaced(t.tokens, p) ? 1 : 0));
        }
        return named && constant ? Bytes.finish(h) : 0;
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

    /** The positions at which two templates of one structure differ, be it in a word or in what is a value; all if more than {@code most}. */
    static long apart(Template a, Template b, int most) {
        long places = 0;
        int left = most;
        for (int p = 0; p < a.tokens.length; p++) {
            Token one = a.tokens[p];
            Token other = b.tokens[p];
            if (one.kind != other.kind || one.kind == Token.WORD && !one.text.equals(other.text)) {
                if (p >= WATCHED || --left < 0) {
                    return -1;
                }
                places |= 1L << p;
            }
        }
        return places;
    }

    /** Whether two templates differ in numbers only: that is evidence at once, where names must be several. */
    static boolean numbersOnly(Template a, Template b) {
        for (long left = differences(a, b); left != 0; left &= left - 1) {
            int p = Long.numberOfTrailingZeros(left);
            String one = a.tokens[p].text;
            String other = b.tokens[p].text;
            if (classLike(one) || classLike(other) || shouted(one) || shouted(other)) {
                return false;
            }
        }
        return true;
    }

    /** Whether words in capitals are among what differs: as often names of states as part of what is said. */
    static boolean states(Template t, long places) {
        for (long left = places; left != 0; left &= left - 1) {
            if (shouted(t.tokens[Long.numberOfTrailingZeros(left)].text)) {
                return true;
            }
        }
        return false;
    }

    /** {@code SUCCESS_CONTAINER_CLEANUP}: three capitals or more, and nothing else. */
    private static boolean shouted(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < 'A' || c > 'Z') && c != '_') {
                return false;
            }
        }
        return text.length() >= 3;
    }

    /** A name of three parts or more: a class, a package, a host. */
    static boolean qualified(String text) {
        int first = text.indexOf('.', 1);
        int second = first < 0 ? -1 : text.indexOf('.', first + 2);
        return second > 0 && second < text.length() - 1 && text.indexOf("..") < 0;
    }

    /** A qualified name with a capital in it. Those without are as often keys of a configuration, and part of the message. */
    private static boolean classLike(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isUpperCase(text.charAt(i))) {
                return qualified(text);
            }
        }
        return false;
    }

    /** Digits may also be part of a name that has no other numbers: IPv4 and IPv6 are two things, not one thing's number. */
    private static boolean numbered(String text) {
        if (text.length() == 4 && (text.equalsIgnoreCase("ipv4") || text.equalsIgnoreCase("ipv6"))) {
            return false;
        }
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
