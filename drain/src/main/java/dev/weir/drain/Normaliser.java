package dev.weir.drain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns a lexed line into the tokens of a key. What differs between lines of the same message without being part of it
 * becomes one value here: dates of several words, amounts with their units, lists of any length, empty brackets. The
 * key forgets how such a value looked; its text keeps it, for printing.
 */
final class Normaliser {
    private static final Set<String> DATE_WORDS = Set.of(
            "Jan",
            "Feb",
            "Mar",
            "Apr",
            "May",
            "Jun",
            "Jul",
            "Aug",
            "Sep",
            "Oct",
            "Nov",
            "Dec",
            "Mon",
            "Tue",
            "Wed",
            "Thu",
            "Fri",
            "Sat",
            "Sun",
            "January",
            "February",
            "March",
            "April",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
            "Monday",
            "Tuesday",
            "Wednesday",
            "Thursday",
            "Friday",
            "Saturday",
            "Sunday");
    private static final Set<String> ZONE_WORDS = Set.of(
            "AM", "PM", "am", "pm", "UTC", "GMT", "EST", "EDT", "CST", "CDT", "MST", "MDT", "PST", "PDT", "CET",
            "CEST");

    private static final int LONG_RUN = 8;
    private static final int QUOTED = 32;
    private static final int CLIENT = 96;

    private final Lexed lexed;
    private final Marked marked;
    private final int maxTokens;
    private List<Token> tokens = new ArrayList<>();

    Normaliser(Lexed lexed, Marked marked, int maxTokens) {
        this.lexed = lexed;
        this.marked = marked;
        this.maxTokens = maxTokens;
    }

    /** The tokens of the line the lexer has just recorded. */
    Token[] tokens(byte[] b, int lineStart) {
        tokens = new ArrayList<>();
        words(b, lineStart);
        boolean values = lexed.values > 0;
        boolean marks = lexed.marks > 0;
        if (values && marks) {
            joinColons();
        }
        if (marks) {
            paths();
            quoted();
        }
        if (values) {
            dates();
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
        if (!tokens.isEmpty()) {
            tokens.get(0).gap = "";
        }
        if (tokens.size() > maxTokens) {
            join(maxTokens - 1, tokens.size(), Token.HOLE);
        }
        return tokens.toArray(new Token[0]);
    }

    private void words(byte[] b, int lineStart) {
        Lexed x = lexed;
        int at = lineStart;
        int value = 0;
        int i = 0;
        while (i < x.items) {
            String gap = Bytes.latin1(b, at, x.start[i]);
            if (x.kind[i] == Lexed.PUNCTUATION) {
                add(Token.PUNCTUATION, Bytes.latin1(b, x.start[i], x.end[i]), gap, x.start[i], x.end[i], value, 0);
                at = x.end[i++];
                continue;
            }
            int from = x.start[i];
            if (x.kind[i] == Lexed.LITERAL
                    && (i + 1 == x.items || x.start[i + 1] != x.end[i] || x.kind[i + 1] == Lexed.PUNCTUATION)
                    && !sentenceEnd((char) b[x.end[i] - 1])) {
                at = x.end[i++];
                add(Token.WORD, Bytes.latin1(b, from, at), gap, from, at, value, 0);
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
                    ranges = both(ranges, new int[] {x.start[i], x.end[i]});
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
            add(pure ? Token.VALUE : Token.WORD, word, gap, from, cut, firstValue, value - firstValue);
            tokens.get(tokens.size() - 1).ranges = ranges;
            if (keep < text.length()) {
                add(Token.PUNCTUATION, text.substring(keep), "", cut, at, value, 0);
            }
        }
    }

    /** {@code :web:compileJava} and {@code tests::adds} are one word. */
    private void paths() {
        for (int i = 0; i + 1 < tokens.size(); i++) {
            boolean leading = is(i, ":") && (i == 0 || tokens.get(i).spaced()) && tight(i + 1);
            boolean doubled = i + 2 < tokens.size()
                    && tight(i)
                    && is(i + 1, ":")
                    && is(i + 2, ":")
                    && !leading
                    && tokens.get(i).kind != Token.PUNCTUATION;
            if (!leading && !doubled) {
                continue;
            }
            int to = i + 1;
            while (to < tokens.size()
                    && !tokens.get(to).spaced()
                    && (is(to, ":") || tokens.get(to).kind == Token.WORD)) {
                to++;
            }
            while (to > i + 1 && is(to - 1, ":")) {
                to--;
            }
            if (to > i + 1) {
                join(i, to, null);
                tokens.get(i).kind = Token.WORD;
            }
        }
    }

    /** Whether a token is a word or value right behind the one before it, or starts the line or a new part of it. */
    private boolean tight(int i) {
        Token t = tokens.get(i);
        return t.kind == Token.WORD || t.kind == Token.VALUE && i > 0 && !t.spaced();
    }

    /**
     * What is quoted behind an equals sign is a value, of as many words as it likes; so is a client's name, which begins
     * with a product and its version, and the dash that stands for one.
     */
    private void quoted() {
        for (int i = 0; i + 2 < tokens.size(); i++) {
            boolean opens = is(i, "\"") || is(i, "'");
            if (!opens) {
                continue;
            }
            boolean behindEquals = i > 0 && is(i - 1, "=") && !tokens.get(i).spaced();
            boolean client = is(i, "\"") && client(i + 1);
            if (!behindEquals && !client) {
                continue;
            }
            String quote = tokens.get(i).text;
            int most = i + (client ? CLIENT : QUOTED);
            int close = i + 1;
            while (close < tokens.size() && close <= most && !(is(close, quote) && !escaped(close))) {
                close++;
            }
            if (close < tokens.size() && close > i + 1 && is(close, quote)) {
                join(i + 1, close, Token.HOLE);
            }
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
                || t.text.equals("-") && is(i + 1, "\"") && !tokens.get(i + 1).spaced();
    }

    /** Whether a quote has a backslash right before it, and so does not end what it is in. */
    private boolean escaped(int i) {
        Token t = tokens.get(i - 1);
        return !tokens.get(i).spaced() && t.text.endsWith("\\");
    }

    /** {@code =[264,444][920,908]} is one value. */
    private void boxes() {
        for (int i = 1; i + 5 < tokens.size(); i++) {
            if (!is(i - 1, "=") || !is(i, "[")) {
                continue;
            }
            int to = i;
            int boxes = 0;
            while (to + 2 < tokens.size()
                    && is(to, "[")
                    && !tokens.get(to).spaced()
                    && value(to + 1)
                    && is(to + 2, "]")) {
                boxes++;
                to += 3;
            }
            if (boxes > 1) {
                join(i, to, Token.HOLE);
            }
        }
    }

    private static boolean sentenceEnd(char c) {
        return c == '.' || c == '!' || c == '?';
    }

    private void add(byte kind, String text, String gap, int from, int to, int firstValue, int values) {
        Token token = new Token(kind, text, gap);
        token.from = from;
        token.to = to;
        token.firstValue = firstValue;
        token.values = values;
        tokens.add(token);
    }

    private void joinColons() {
        for (int i = 0; i + 2 < tokens.size(); i++) {
            while (i + 2 < tokens.size()
                    && value(i)
                    && is(i + 1, ":")
                    && !tokens.get(i + 1).spaced()
                    && value(i + 2)
                    && !tokens.get(i + 2).spaced()) {
                join(i, i + 3, Token.HOLE);
            }
        }
    }

    private static boolean dateWord(String text) {
        return text.length() >= 3 && text.length() <= 9 && text.charAt(0) < 'X' && DATE_WORDS.contains(text);
    }

    /** {@code Fri Jun 17 07:07:00 2005} is one value. */
    private void dates() {
        for (int i = 0; i < tokens.size(); i++) {
            Token start = tokens.get(i);
            if (start.kind == Token.PUNCTUATION || start.kind == Token.WORD && !dateWord(start.text)) {
                continue;
            }
            int values = 0;
            int names = 0;
            int last = i;
            int j = i;
            for (; j < tokens.size() && j < i + 8; j++) {
                Token t = tokens.get(j);
                if (t.kind == Token.VALUE) {
                    values++;
                    last = j + 1;
                } else if (t.kind == Token.WORD && dateWord(t.text)) {
                    names++;
                    last = j + 1;
                } else if (t.kind == Token.WORD && names > 0 && values > 0 && ZONE_WORDS.contains(t.text)) {
                    last = j + 1;
                } else if (!(j > i && is(j, ",") && !t.spaced())) {
                    break;
                }
                if (j > i && !t.spaced() && !is(j, ",")) {
                    break;
                }
            }
            boolean starts = tokens.get(i).kind == Token.WORD || names > 0 && i + 1 < tokens.size() && !value(i + 1);
            if (names > 0 && values >= 2 && starts && last - i >= 3) {
                join(i, last, Token.HOLE);
            }
        }
    }

    /** A request's target and the protocol behind it are one value: {@code GET <*>}. */
    private void requests() {
        for (int i = 0; i + 1 < tokens.size(); i++) {
            boolean target = value(i) || tokens.get(i).text.equals("/");
            if (target
                    && tokens.get(i + 1).text.startsWith("HTTP/")
                    && tokens.get(i + 1).spaced()) {
                join(i, i + 2, Token.HOLE);
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
            if (i + 5 < tokens.size() && is(to, "(") && amount(to + 1) && is(to + 3, ")")) {
                to += 4;
            }
            int from = i > 0 && is(i - 1, "<") && !tokens.get(i).spaced() ? i - 1 : i;
            join(from, to, null);
        }
    }

    private boolean amount(int i) {
        Token unit = tokens.get(i + 1);
        return value(i) && unit.kind == Token.WORD && unit.gap.length() == 1 && Amounts.unit(unit.text);
    }

    /** {@code ()} stands for a value that was missing where other lines have one, unless it belongs to a name. */
    private void emptyBrackets() {
        for (int i = 0; i + 1 < tokens.size(); i++) {
            boolean round = is(i, "(") && is(i + 1, ")") && tokens.get(i).spaced();
            boolean square = is(i, "[") && is(i + 1, "]") && i > 0 && is(i - 1, "=");
            if ((round || square) && !tokens.get(i + 1).spaced()) {
                Token nothing = new Token(Token.VALUE, "", "");
                nothing.from = tokens.get(i).to;
                nothing.to = nothing.from;
                nothing.firstValue = tokens.get(i + 1).firstValue;
                tokens.add(i + 1, nothing);
            }
        }
    }

    /** Values in a row, or separated by commas, are one value in the key: lists have no fixed length. */
    private void runs() {
        for (int i = 0; i < tokens.size(); i++) {
            int j = i;
            while (value(j)) {
                if (j + 1 < tokens.size() && value(j + 1)) {
                    j++;
                } else if (j + 2 < tokens.size()
                        && is(j + 1, ",")
                        && !tokens.get(j + 1).spaced()
                        && value(j + 2)) {
                    j += 2;
                } else {
                    break;
                }
            }
            if (j > i) {
                // A list this long has no fixed length to print.
                join(i, j + 1, j - i >= LONG_RUN ? Token.HOLE : null);
            }
        }
    }

    private boolean value(int i) {
        return tokens.get(i).kind == Token.VALUE;
    }

    private boolean is(int i, String text) {
        Token t = tokens.get(i);
        return t.kind == Token.PUNCTUATION && t.text.equals(text);
    }

    /** Makes one value of the tokens {@code [from, to)}; without a text of its own it keeps theirs. */
    private void join(int from, int to, @Nullable String text) {
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

    private static int[] both(int[] a, int[] b) {
        int[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }
}
