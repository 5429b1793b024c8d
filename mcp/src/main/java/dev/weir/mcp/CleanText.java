package dev.weir.mcp;

/**
 * Text of a log as an agent may see it: what it cannot see on a screen is not there for it either. Control codes, marks of
 * direction, zero-width and tag characters can hide words from a person and show them to a model.
 */
final class CleanText {
    private static final String CUT = "…";

    private CleanText() {}

    /** One line of at most so many characters; what is invisible is left out, line ends and tabs become spaces. */
    static String of(String text, int most) {
        StringBuilder clean = new StringBuilder(Math.min(text.length(), most));
        for (int at = 0; at < text.length(); ) {
            int point = text.codePointAt(at);
            at += Character.charCount(point);
            if (point == '\n' || point == '\r' || point == '\t') {
                clean.append(' ');
            } else if (isVisible(point)) {
                clean.appendCodePoint(point);
            }
            if (clean.length() > most) {
                return clean.substring(0, before(clean, most - 1)) + CUT;
            }
        }
        return clean.toString();
    }

    /** An index that does not lie within a pair of surrogates. */
    private static int before(StringBuilder text, int index) {
        return index > 0 && Character.isHighSurrogate(text.charAt(index - 1)) ? index - 1 : index;
    }

    static boolean isVisible(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT, // zero-width, bidi and tag characters, the byte order mark
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> !isSelector(point);
        };
    }

    /** Variation selectors and the fillers of Hangul and others: drawn as nothing, and enough of them to spell with. */
    private static boolean isSelector(int point) {
        return point >= 0xFE00 && point <= 0xFE0F
                || point >= 0xE0000 && point <= 0xE0FFF
                || point == 0x034F
                || point == 0x115F
                || point == 0x1160
                || point == 0x17B4
                || point == 0x17B5
                || point >= 0x180B && point <= 0x180F
                || point == 0x2800
                || point == 0x3164
                || point == 0xFFA0;
    }
}
