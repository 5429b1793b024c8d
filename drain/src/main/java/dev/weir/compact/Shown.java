package dev.weir.compact;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;

/** How a line is shown: without colours, without white space that only fills a column, cut where it is very long. */
final class Shown {
    private static final int LONGEST = 300;
    /** Bytes looked at of a line. */
    private static final int MOST = 8192;

    private static final byte[] GAP = "<*>".getBytes(StandardCharsets.US_ASCII);
    /** What is left of a line that ends in a rule. */
    private static final int RULED = 64;

    private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;?]*[A-Za-z]");
    private static final String WIDE = " ".repeat(12);
    /** White space that only fills a column. */
    private static final Pattern FILL = Pattern.compile("(?<=\\S) {12,}");

    private static final Pattern SPACE = Pattern.compile("\\s+");

    private Shown() {}

    static String text(byte[] bytes) {
        String whole = new String(bytes, StandardCharsets.UTF_8);
        String text = whole.indexOf(27) < 0 ? whole : COLOUR.matcher(whole).replaceAll("");
        text = text.indexOf(WIDE) < 0 ? text : FILL.matcher(text).replaceAll("  ");
        text = withoutEndOfRule(text);
        return Cut.to(LONGEST, text);
    }

    /** A rule drawn in characters of three bytes each says no more by its length. */
    private static String withoutEndOfRule(String text) {
        int end = text.length();
        int from = end;
        while (from > 0 && text.charAt(from - 1) > 127 && text.charAt(from - 1) == text.charAt(end - 1)) {
            from--;
        }
        return end - from < 10 || end <= RULED ? text : text.substring(0, Math.max(RULED, from + 3)) + "…";
    }

    /** The text with every run of white space made one space. */
    static String plain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c == ' ' && (i == 0 || i + 1 == text.length() || text.charAt(i + 1) == ' ')) {
                return SPACE.matcher(text).replaceAll(" ").strip();
            }
        }
        return text.strip();
    }

    /** The line's bytes without colours; of a very long one its beginning and its end. */
    static byte[] copy(byte[] b, int from, int to) {
        byte[] copy = new byte[Math.min(to - from, MOST + GAP.length)];
        int size;
        if (to - from <= MOST) {
            size = bare(b, from, to, copy, 0);
        } else {
            size = bare(b, from, boundary(b, from + MOST / 2), copy, 0);
            System.arraycopy(GAP, 0, copy, size, GAP.length);
            size = bare(b, boundary(b, to - MOST / 2 + 3), to, copy, size + GAP.length);
        }
        return size == copy.length ? copy : Arrays.copyOf(copy, size);
    }

    private static int bare(byte[] b, int from, int to, byte[] copy, int at) {
        int size = at;
        for (int i = from; i < to; i++) {
            if (b[i] == 27 && i + 1 < to && b[i + 1] == '[') {
                i++;
                while (i + 1 < to && !(b[i] >= 'A' && b[i] <= 'Z' || b[i] >= 'a' && b[i] <= 'z')) {
                    i++;
                }
            } else {
                copy[size++] = b[i];
            }
        }
        return size;
    }

    /** The beginning of the character that this byte belongs to. */
    private static int boundary(byte[] b, int at) {
        int i = at;
        while (i > at - 3 && (b[i] & 0xC0) == 0x80) {
            i--;
        }
        return i;
    }

    /** Bytes of white space before the first other; -1 if there is none. Colours in front weigh nothing. */
    static int indent(byte[] b, int from, int to) {
        int indent = 0;
        for (int i = from; i < to; i++) {
            if (b[i] == 27) {
                while (i < to && !(b[i] >= 'A' && b[i] <= 'Z' || b[i] >= 'a' && b[i] <= 'z')) {
                    i++;
                }
            } else if (b[i] == ' ' || b[i] == '\t') {
                indent++;
            } else if (b[i] != '\r') {
                return indent;
            }
        }
        return -1;
    }
}
