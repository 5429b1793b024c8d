package dev.weir.cli;

import java.util.regex.Pattern;

/** Foreign text made safe for a terminal: control codes become visible instead of acting. */
final class Printable {
    private static final Pattern COLOURS = Pattern.compile("\u001b\\[[0-9;:]*m");

    private Printable() {}

    /** The same without colours and other styles, where the view has its own. */
    static String plain(String text) {
        return of(text.indexOf('\u001b') < 0 ? text : COLOURS.matcher(text).replaceAll(""));
    }

    static String of(String text) {
        int at = 0;
        while (at < text.length() && isSafe(text.charAt(at))) {
            at++;
        }
        if (at == text.length()) {
            return text;
        }
        StringBuilder shown = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isSafe(c)) {
                shown.append(c);
            } else if (c < ' ') {
                shown.append((char) ('\u2400' + c));
            } else {
                shown.append(String.format("\\u%04x", (int) c));
            }
        }
        return shown.toString();
    }

    private static boolean isSafe(char c) {
        return c >= ' ' && c < '\u007f' || c == '\t' || c > '\u009f' && !isInvisible(c);
    }

    /** Zero-width and direction marks, which make a line look like another. */
    private static boolean isInvisible(char c) {
        return c >= '\u200b' && c <= '\u200f'
                || c >= '\u2028' && c <= '\u202e'
                || c >= '\u2060' && c <= '\u206f'
                || c == '\ufeff';
    }
}
