package dev.weir.drain;

/** Hashes of token sequences: sums of one hash for each position, so that one token can be exchanged in a key. */
final class Keys {
    private final Hash hash;
    private long[] keys = new long[16];

    Keys(Hash hash) {
        this.hash = hash;
    }

    /** The key of these tokens, which are the ones that other methods then speak of. */
    long of(Token[] tokens, int lane) {
        if (keys.length < tokens.length) {
            keys = new long[tokens.length];
        }
        long key = (lane + 1) * Bytes.K;
        for (int i = 0; i < tokens.length; i++) {
            keys[i] = tokens[i].key(i, hash);
            // Where white space is tells structures apart, and templates of two structures never are one.
            key += keys[i] + (spaced(tokens, i) ? Token.spaceKey(i) : 0);
        }
        return key;
    }

    /** The key with anything at one position. */
    long but(long key, int p) {
        return key - keys[p] + Token.anyKey(p);
    }

    /** The same for another template. */
    long but(Template t, int p) {
        return t.key - t.tokens[p].key(p, hash) + Token.anyKey(p);
    }

    /** The key these tokens would have if the words at the reading's positions were values. */
    long read(Token[] tokens, long key, long reading) {
        long read = key;
        for (long left = reading; left != 0; left &= left - 1) {
            int p = Long.numberOfTrailingZeros(left);
            if (tokens[p].kind == Token.WORD) {
                read += Token.valueKey(p) - keys[p];
            }
        }
        return read;
    }

    long skeleton(Template t) {
        return Skeleton.key(t, hash);
    }

    /** A hash of how many tokens there are, which of them are punctuation, and where white space is. */
    static long form(Token[] tokens, int lane) {
        long h = tokens.length * 2L + lane;
        for (int i = 0; i < tokens.length; i++) {
            Token t = tokens[i];
            h = Bytes.step(h, t.kind == Token.PUNCTUATION ? Bytes.hash(t.text) : 7);
            h = Bytes.step(h, spaced(tokens, i) ? 1 : 0);
        }
        return Bytes.finish(h);
    }

    /** Whether white space stands before a token; behind a bracket that opens it only aligns columns: {@code [ 5%]}. */
    static boolean spaced(Token[] tokens, int i) {
        if (!tokens[i].spaced()) {
            return false;
        }
        Token before = i == 0 ? tokens[i] : tokens[i - 1];
        return before.kind != Token.PUNCTUATION || !before.text.equals("[") && !before.text.equals("(");
    }
}
