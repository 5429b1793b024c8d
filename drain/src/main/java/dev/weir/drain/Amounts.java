package dev.weir.drain;

import java.util.Set;

/** Numbers with a unit. Which unit is a matter of size, not of message: 900 B and 1.2 KB are the same field. */
final class Amounts {
    private static final Set<String> SIZES =
            Set.of("B", "b", "KB", "kB", "MB", "GB", "TB", "PB", "KiB", "MiB", "GiB", "TiB", "bytes", "byte");
    private static final Set<String> TIMES = Set.of(
            "ms", "us", "ns", "s", "sec", "secs", "second", "seconds", "min", "mins", "minute", "minutes", "hour",
            "hours", "day", "days", "msec", "msecs", "usec", "usecs");

    private Amounts() {}

    static boolean unit(String word) {
        return sizes(word) || TIMES.contains(word);
    }

    /** A size, or a size in each second. */
    private static boolean sizes(String word) {
        return SIZES.contains(word.endsWith("/s") ? word.substring(0, word.length() - 2) : word);
    }

    /** Where one size of a template turns out to vary in its unit, its other sizes do too. */
    static void level(Token[] tokens, String before) {
        if (!size(before)) {
            return;
        }
        for (Token t : tokens) {
            if (size(t.text)) {
                t.text = Token.HOLE;
            }
        }
    }

    private static boolean size(String text) {
        return text.startsWith(Token.HOLE + " ") && sizes(text.substring(Token.HOLE.length() + 1));
    }
}
