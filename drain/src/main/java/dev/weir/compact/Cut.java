package dev.weir.compact;

/**
 * A long line in less: its beginning, and of the rest the part that says what went wrong, or else its end, where structured
 * lines have their message or exception. A placeholder stands for what is left out.
 */
final class Cut {
    private static final String LEFT_OUT = "<*>";
    /** Characters before the word that says what went wrong. */
    private static final int BEFORE = 24;

    private Cut() {}

    static String to(int most, String text) {
        if (text.length() <= most) {
            return text;
        }
        int head = whole(text, most * 5 / 8);
        int room = most - head - LEFT_OUT.length();
        int wrong = Suspicion.wrongAt(text, head);
        int last = text.length() - room;
        int from = wrong < 0 ? last : Math.min(last, Math.max(head, wrong - BEFORE));
        if (from <= head + LEFT_OUT.length()) {
            return text.substring(0, whole(text, most - LEFT_OUT.length())) + LEFT_OUT;
        }
        from = whole(text, from);
        String shown = text.substring(0, head) + LEFT_OUT;
        return from >= last - 1
                ? shown + text.substring(from)
                : shown + text.substring(from, whole(text, from + room - LEFT_OUT.length())) + LEFT_OUT;
    }

    /** The place or the one before it, between two characters. */
    private static int whole(String text, int at) {
        return Character.isHighSurrogate(text.charAt(at - 1)) ? at - 1 : at;
    }
}
