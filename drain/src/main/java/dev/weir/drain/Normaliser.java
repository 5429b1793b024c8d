package dev.weir.drain;

/**
 * Turns a lexed line into the tokens of a key. What differs between lines of the same message without being part of it
 * becomes one value here: dates of several words, amounts with their units, lists of any length, empty brackets. The
 * key forgets how such a value looked; its text keeps it, for printing.
 */
final class Normaliser {
    private static final int LONG_RUN = 8;
    private final Lexed lexed;
    private final Marked marked;
    private final int maxTokens;
    private final Tokens tokens = new Tokens();
    private final Quotes quotes = new Quotes(tokens);
    private final Dates dates = new Dates(tokens);

    Normaliser(Lexed lexed, Marked marked, int maxTokens) {
        this.lexed = lexed;
        this.marked = marked;
        this.maxTokens = maxTokens;
    }

    /** The tokens of the line the lexer has just recorded. */
    Token[] tokens(byte[] b, int lineStart) {
        tokens.clear();
        words(b, lineStart);
        boolean values = lexed.values > 0;
        boolean marks = lexed.marks > 0;
        if (values && marks) {
            joinColons();
        }
        if (marks) {
            paths();
            quotes.join();
            lists();
        }
        if (values) {
            dates.join();
            requests();
            amounts();
        }
        if (marks) {
            emptyBrackets();
        }
        if (values) {
            runs();
            boxes();
        }
        if (tokens.size() > 0) {
            tokens.get(0).gap = "";
        }
        if (tokens.size() > maxTokens) {
            tokens.join(maxTokens - 1, tokens.size(), Token.HOLE);
        }
        return tokens.toArray();
    }

    private void words(byte[] b, int lineStart) {
        Lexed x = lexed;
        int at = lineStart;
        int value = 0;
        int i = 0;
        while (i < x.items) {
            String gap = Bytes.latin1(b, at, x.start[i]);
            if (x.kind[i] == Lexed.PUNCTUATION) {
                tokens.add(
                        Token.PUNCTUATION, Bytes.latin1(b, x.start[i], x.end[i]), gap, x.start[i], x.end[i], value, 0);
                at = x.end[i++];
                continue;
            }
            int from = x.start[i];
            if (x.kind[i] == Lexed.LITERAL
                    && (i + 1 == x.items || x.start[i + 1] != x.end[i] || x.kind[i + 1] == Lexed.PUNCTUATION)
                    && !sentenceEnd((char) b[x.end[i] - 1])) {
                at = x.end[i++];
                tokens.add(Token.WORD, Bytes.latin1(b, from, at), gap, from, at, value, 0);
                continue;
            }
            int firstValue = value;
            int[] ranges = {};
            StringBuilder text = new StringBuilder();
            boolean pure = true;
            int lastLiteral = -1;
            do {
                if (x.kind[i] == Lexed.LITERAL) {
                    lastLiteral = text.length();
                    text.append(Bytes.latin1(b, x.start[i], x.end[i]));
                    pure = false;
                } else {
                    lastLiteral = -1;
                    if (x.kind[i] == Lexed.VALUE) {
                        text.append(Token.HOLE);
                    } else {
                        pure = false;
                        text.append(Token.OPEN).append(marked.nameOf(x.kind[i])).append(Token.CLOSE);
                    }
                    ranges = Tokens.both(ranges, new int[] {x.start[i], x.end[i]});
                    value++;
                }
                at = x.end[i++];
            } while (i < x.items && x.start[i] == at && x.kind[i] != Lexed.PUNCTUATION);
            int keep = text.length();
            if (lastLiteral >= 0) {
                while (keep > lastLiteral && sentenceEnd(text.charAt(keep - 1))) {
                    keep--;
                }
                if (keep == 0) {
                    keep = text.length();
                }
            }
            String word = text.substring(0, keep);
            pure = pure || word.equals(Token.HOLE);
            int cut = at - (text.length() - keep);
            tokens.add(pure ? Token.VALUE : Token.WORD, word, gap, from, cut, firstValue, value - firstValue);
            tokens.get(tokens.size() - 1).ranges = ranges;
            if (keep < text.length()) {
                tokens.add(Token.PUNCTUATION, text.substring(keep), "", cut, at, value, 0);
            }
        }
    }

    /** {@code :web:compileJava} and {@code tests::adds} are one word. */
    private void paths() {
        for (int i = 0; i + 1 < tokens.size(); i++) {
            boolean leading = tokens.is(i, ":") && (i == 0 || tokens.get(i).spaced()) && tokens.tight(i + 1);
            boolean doubled = i + 2 < tokens.size()
                    && tokens.tight(i)
                    && tokens.is(i + 1, ":")
                    && tokens.is(i + 2, ":")
                    && !leading
                    && tokens.get(i).kind != Token.PUNCTUATION;
            if (!leading && !doubled) {
                continue;
            }
            int to = i + 1;
            while (to < tokens.size()
                    && !tokens.get(to).spaced()
                    && (tokens.is(to, ":") || tokens.get(to).kind == Token.WORD)) {
                to++;
            }
            while (to > i + 1 && tokens.is(to - 1, ":")) {
                to--;
            }
            if (to > i + 1) {
                tokens.word(i, to);
            }
        }
    }

    /** What {@code [admin, owner]} lists counts as one word, however many there are. */
    private void lists() {
        for (int i = 0; i + 4 < tokens.size(); i++) {
            if (!tokens.is(i, "[")) {
                continue;
            }
            int to = i + 1;
            while (to + 2 < tokens.size()
                    && element(to)
                    && tokens.is(to + 1, ",")
                    && !tokens.get(to + 1).spaced()) {
                to += 2;
            }
            if (to > i + 1
                    && element(to)
                    && tokens.is(to + 1, "]")
                    && !tokens.get(to + 1).spaced()) {
                tokens.word(i + 1, to + 1);
            }
        }
    }

    private boolean element(int i) {
        return i + 1 < tokens.size() && tokens.get(i).kind == Token.WORD && tokens.get(i).values == 0;
    }

    /** {@code =[264,444][920,908]} is one value. */
    private void boxes() {
        for (int i = 1; i + 5 < tokens.size(); i++) {
            if (!tokens.is(i - 1, "=") || !tokens.is(i, "[")) {
                continue;
            }
            int to = i;
            int boxes = 0;
            while (to + 2 < tokens.size()
                    && tokens.is(to, "[")
                    && !tokens.get(to).spaced()
                    && tokens.value(to + 1)
                    && tokens.is(to + 2, "]")) {
                boxes++;
                to += 3;
            }
            if (boxes > 1) {
                tokens.join(i, to, Token.HOLE);
            }
        }
    }

    private static boolean sentenceEnd(char c) {
        return c == '.' || c == '!' || c == '?';
    }

    private void joinColons() {
        for (int i = 0; i + 2 < tokens.size(); i++) {
            while (i + 2 < tokens.size()
                    && tokens.value(i)
                    && tokens.is(i + 1, ":")
                    && !tokens.get(i + 1).spaced()
                    && tokens.value(i + 2)
                    && !tokens.get(i + 2).spaced()) {
                tokens.join(i, i + 3, Token.HOLE);
            }
        }
    }

    /** A request's target and the protocol behind it are one value: {@code GET <*>}. */
    private void requests() {
        for (int i = 0; i + 1 < tokens.size(); i++) {
            boolean target = tokens.value(i) || tokens.get(i).text.equals("/");
            if (target
                    && tokens.get(i + 1).text.startsWith("HTTP/")
                    && tokens.get(i + 1).spaced()) {
                tokens.join(i, i + 2, Token.HOLE);
            }
        }
    }

    /** {@code 451 bytes} and {@code 2045 bytes (1.99 KB)} are amounts; so is {@code <1 sec}. */
    private void amounts() {
        for (int i = 0; i + 1 < tokens.size(); i++) {
            if (!amount(i)) {
                continue;
            }
            int to = i + 2;
            if (i + 5 < tokens.size() && tokens.is(to, "(") && amount(to + 1) && tokens.is(to + 3, ")")) {
                to += 4;
            }
            int from = i > 0 && tokens.is(i - 1, "<") && !tokens.get(i).spaced() ? i - 1 : i;
            tokens.join(from, to, null);
        }
    }

    private boolean amount(int i) {
        Token unit = tokens.get(i + 1);
        return tokens.value(i) && unit.kind == Token.WORD && unit.gap.length() == 1 && Amounts.unit(unit.text);
    }

    /** {@code ()} stands for a value that was missing where other lines have one, unless it belongs to a name. */
    private void emptyBrackets() {
        for (int i = 0; i + 1 < tokens.size(); i++) {
            boolean round =
                    tokens.is(i, "(") && tokens.is(i + 1, ")") && tokens.get(i).spaced();
            boolean square = tokens.is(i, "[") && tokens.is(i + 1, "]") && i > 0 && tokens.is(i - 1, "=");
            if ((round || square) && !tokens.get(i + 1).spaced()) {
                Token nothing = new Token(Token.VALUE, "", "");
                nothing.from = tokens.get(i).to;
                nothing.to = nothing.from;
                nothing.firstValue = tokens.get(i + 1).firstValue;
                tokens.insert(i + 1, nothing);
            }
        }
    }

    /** Values in a row, or separated by commas, are one value in the key: lists have no fixed length. */
    private void runs() {
        for (int i = 0; i < tokens.size(); i++) {
            int j = i;
            while (tokens.value(j)) {
                if (j + 1 < tokens.size() && tokens.value(j + 1)) {
                    j++;
                } else if (j + 2 < tokens.size()
                        && tokens.is(j + 1, ",")
                        && !tokens.get(j + 1).spaced()
                        && tokens.value(j + 2)) {
                    j += 2;
                } else {
                    break;
                }
            }
            if (j > i) {
                // A list this long has no fixed length to print.
                tokens.join(i, j + 1, j - i >= LONG_RUN ? Token.HOLE : null);
            }
        }
    }
}
