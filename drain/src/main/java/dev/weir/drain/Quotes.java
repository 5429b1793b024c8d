package dev.weir.drain;

/** What stands in quotation marks: values, the names of clients, and phrases that count as one word. */
final class Quotes {
    private static final int QUOTED = 32;
    private static final int CLIENT = 96;
    private static final int PHRASE = 8;

    private final Tokens tokens;

    Quotes(Tokens tokens) {
        this.tokens = tokens;
    }

    /**
     * What is quoted behind an equals sign is a value, of as many words as it likes; so is a client's name, which begins
     * with a product and its version, and the dash that stands for one.
     */
    void join() {
        for (int i = 0; i + 2 < tokens.size(); i++) {
            boolean opens = tokens.is(i, "\"") || tokens.is(i, "'");
            if (!opens) {
                continue;
            }
            boolean behindEquals =
                    i > 0 && tokens.is(i - 1, "=") && !tokens.get(i).spaced();
            boolean client = tokens.is(i, "\"") && client(i + 1);
            if (!behindEquals && !client) {
                phrase(i);
                continue;
            }
            String quote = tokens.get(i).text;
            int most = i + (client ? CLIENT : QUOTED);
            int close = i + 1;
            while (close < tokens.size() && close <= most && !(tokens.is(close, quote) && !escaped(close))) {
                close++;
            }
            if (close < tokens.size() && close > i + 1 && tokens.is(close, quote)) {
                tokens.join(i + 1, close, Token.HOLE);
            }
        }
    }

    /** What stands in a pair of quotes is one word: a name of any form, or a few plain words; not if the line starts so. */
    private void phrase(int open) {
        boolean opens = open > 0 && (tokens.get(open).spaced() || tokens.get(open - 1).kind == Token.PUNCTUATION);
        String quote = tokens.get(open).text;
        boolean spaces = false;
        boolean values = false;
        int close = open + 1;
        while (opens && close < tokens.size() && close <= open + PHRASE && !tokens.is(close, quote)) {
            Token t = tokens.get(close);
            spaces |= t.spaced() && close > open + 1;
            values |= t.values > 0;
            opens = close > open + 1 || !t.spaced();
            close++;
        }
        boolean closes = opens
                && close > open + 2
                && close < tokens.size()
                && tokens.is(close, quote)
                && !tokens.get(close).spaced()
                && (close + 1 == tokens.size() || tokens.get(close + 1).spaced() || !tokens.tight(close + 1));
        if (closes && !(spaces && values)) {
            tokens.word(open + 1, close);
        }
    }

    /** {@code Mozilla/5.0}, {@code curl/8.5.0}: a product token, as RFC 9110 names it; or nothing but a dash. */
    private boolean client(int i) {
        Token t = tokens.get(i);
        if (t.kind != Token.WORD || t.spaced()) {
            return false;
        }
        int slash = t.text.indexOf('/');
        boolean product = slash > 1
                && slash + 1 < t.text.length()
                && t.text.charAt(slash + 1) == Token.OPEN
                && t.text.indexOf(Token.OPEN) > slash
                && !t.text.startsWith("HTTP/");
        return product
                || t.text.equals("-")
                        && tokens.is(i + 1, "\"")
                        && !tokens.get(i + 1).spaced();
    }

    /** Whether a quote has a backslash right before it, and so does not end what it is in. */
    private boolean escaped(int i) {
        Token t = tokens.get(i - 1);
        return !tokens.get(i).spaced() && t.text.endsWith("\\");
    }
}
