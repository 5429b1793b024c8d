package dev.weir.drain;

import java.util.ArrayList;
import java.util.List;

/**
 * Takes a line apart by its template, and puts it together again: the template's literal text, with the line's own
 * values in the holes and its own white space where lines differ in it, is the message byte for byte.
 */
final class PrintBack {
    private PrintBack() {}

    /** The line's values for the template's holes, in order, each white space that varies being one too. */
    static List<String> values(Template t, Token[] line, byte[] b) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < line.length; i++) {
            Token token = t.tokens[i];
            if (token.anyGap) {
                values.add(line[i].gap);
            }
            int[] ranges = line[i].rangesFor(token);
            for (int r = 0; r < ranges.length; r += 2) {
                values.add(Bytes.latin1(b, ranges[r], ranges[r + 1]));
            }
        }
        return values;
    }

    /** The message that has these values. Latin-1 text, one char for each byte. */
    static String fill(Template t, List<String> values) {
        StringBuilder out = new StringBuilder();
        int next = 0;
        for (Token token : t.tokens) {
            out.append(token.anyGap ? values.get(next++) : token.gap);
            String text = token.text;
            for (int i = 0; i < text.length(); i++) {
                if (text.charAt(i) == Token.OPEN) {
                    out.append(values.get(next++));
                    i = text.indexOf(Token.CLOSE, i);
                } else {
                    out.append(text.charAt(i));
                }
            }
        }
        return out.toString();
    }
}
