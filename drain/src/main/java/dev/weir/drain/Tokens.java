package dev.weir.drain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tokens of one line while they are being put together: which stand where, and several made one. */
final class Tokens {
    private final List<Token> tokens = new ArrayList<>();

    int size() {
        return tokens.size();
    }

    Token get(int i) {
        return tokens.get(i);
    }

    void clear() {
        tokens.clear();
    }

    void insert(int at, Token token) {
        tokens.add(at, token);
    }

    Token[] toArray() {
        return tokens.toArray(new Token[0]);
    }

    Token add(byte kind, String text, String gap, int from, int to, int firstValue, int values) {
        Token token = new Token(kind, text, gap);
        token.from = from;
        token.to = to;
        token.firstValue = firstValue;
        token.values = values;
        tokens.add(token);
        return token;
    }

    boolean value(int i) {
        return tokens.get(i).kind == Token.VALUE;
    }

    boolean is(int i, String text) {
        Token t = tokens.get(i);
        return t.kind == Token.PUNCTUATION && t.text.equals(text);
    }

    /** Whether a token is a word or value right behind the one before it, or starts the line or a new part of it. */
    boolean tight(int i) {
        Token t = tokens.get(i);
        return t.kind == Token.WORD || t.kind == Token.VALUE && i > 0 && !t.spaced();
    }

    /** Makes one value of the tokens {@code [from, to)}; without a text of its own it keeps theirs. */
    void join(int from, int to, @Nullable String text) {
        Token first = tokens.get(from);
        Token last = tokens.get(to - 1);
        StringBuilder all = new StringBuilder();
        int values = 0;
        int[] ranges = new int[0];
        for (int i = from; i < to; i++) {
            Token t = tokens.get(i);
            ranges = both(ranges, t.ranges);
            all.append(i > from ? t.gap : "").append(t.text);
            values += t.values;
        }
        Token joined = new Token(Token.VALUE, text == null ? all.toString() : text, first.gap);
        joined.from = first.from;
        joined.to = last.to;
        joined.firstValue = first.firstValue;
        joined.values = values;
        joined.ranges = text == null ? ranges : new int[] {first.from, last.to};
        tokens.subList(from + 1, to).clear();
        tokens.set(from, joined);
    }

    /** One range behind the other. */
    static int[] both(int[] a, int[] b) {
        int[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }

    /** Makes one word of the tokens {@code [from, to)}. */
    void word(int from, int to) {
        join(from, to, null);
        tokens.get(from).kind = Token.WORD;
    }
}
