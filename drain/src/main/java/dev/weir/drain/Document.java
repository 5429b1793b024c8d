package dev.weir.drain;

import static dev.weir.drain.Bytes.digit;
import static dev.weir.drain.Bytes.letter;
import static dev.weir.drain.Bytes.space;

/** What the lines of a YAML document look like that are not indented. */
final class Document {
    private Document() {}

    /** Three dashes and nothing more, or a comment. */
    static boolean begins(byte[] b, int from, int to) {
        if (!Event.starts(b, from, to, "---")) {
            return false;
        }
        int i = Field.skip(b, from + 3, to);
        return i == to || i > from + 3 && b[i] == '#';
    }

    /** An entry of a mapping or a list, or a comment. */
    static boolean entry(byte[] b, int p, int to) {
        if (b[p] == '#') {
            return true;
        }
        if (b[p] == '-') {
            return p + 1 == to || space(b[p + 1]);
        }
        int i = p;
        while (i < to && (letter(b[i]) || digit(b[i]) || b[i] == '_' || b[i] == '-' || b[i] == '.' || b[i] == '/')) {
            i++;
        }
        return i > p && i < to && b[i] == ':' && (i + 1 == to || space(b[i + 1]));
    }
}
