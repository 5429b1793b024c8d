package dev.weir.compact;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;

/** How a line is shown: without colours, without white space that only fills a column, cut where it is very long. */
final class Shown {
    private static final int LONGEST = 300;
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
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
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

    /** The line's bytes without colours, as far as they may be shown. */
    static byte[] copy(byte[] b, int from, int to) {
        byte[] copy = new byte[Math.min(to - from, 4 * LONGEST)];
        int size = 0;
        for (int i = from; i < to && size < copy.length; i++) {
            if (b[i] == 27 && i + 1 < to && b[i + 1] == '[') {
                i++;
                while (i + 1 < to && !(b[i] >= 'A' && b[i] <= 'Z' || b[i] >= 'a' && b[i] <= 'z')) {
                    i++;
                }
            } else {
                copy[size++] = b[i];
            }
        }
        return size == copy.length ? copy : Arrays.copyOf(copy, size);
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
