package dev.weir.snapshot;

/** Hostile text made harmless for a terminal: control and direction-changing characters become visible escapes. */
public final class Visible {
    private Visible() {}

    public static String of(String text) {
        int first = firstHidden(text);
        if (first < 0) {
            return text;
        }
        StringBuilder shown = new StringBuilder(text.length() + 16).append(text, 0, first);
        text.substring(first).codePoints().forEach(c -> {
            if (!hidden(c)) {
                shown.appendCodePoint(c);
            } else if (c < 0x100) {
                shown.append(String.format("\\x%02x", c));
            } else {
                shown.append(String.format("\\u%04x", c));
            }
        });
        return shown.toString();
    }

    private static int firstHidden(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (hidden(text.charAt(i))) {
                return i;
            }
        }
        return -1;
    }

    private static boolean hidden(int c) {
        return c < 0x20 && c != '\t'
                || c >= 0x7f && c < 0xa0
                || c >= 0x200b && c <= 0x200f
                || c >= 0x2028 && c <= 0x202e
                || c >= 0x2066 && c <= 0x2069
                || c == 0xfeff;
    }
}
