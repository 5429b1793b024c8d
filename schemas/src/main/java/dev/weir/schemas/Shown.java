package dev.weir.schemas;

/** A foreign text as an error message may show it: short, without control characters. */
final class Shown {
    private static final int LONGEST = 64;

    private Shown() {}

    static String of(String text) {
        StringBuilder shown = new StringBuilder();
        int length = Math.min(text.length(), LONGEST);
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            shown.append(Character.isISOControl(c) || Character.isSurrogate(c) ? '\uFFFD' : c);
        }
        return text.length() > LONGEST ? shown + "…" : shown.toString();
    }
}
