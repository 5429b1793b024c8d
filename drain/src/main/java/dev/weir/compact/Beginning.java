package dev.weir.compact;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How much of a line's beginning is that of the line above, but for the time of day: it need not be written twice. */
final class Beginning {
    /** Less than this is not worth the placeholder. */
    private static final int LEAST = 28;
    /** Letters and digits that a line keeps, so that it says something by itself. */
    private static final int LEAST_LEFT = 6;
    /** A time further back is part of what is said. */
    private static final int NEAR = 40;

    private static final Pattern TIME =
            Pattern.compile("(\\d{4}[-/]\\d\\d[-/]\\d\\d[T ])?\\d\\d:\\d\\d:\\d\\d([.,]\\d+)?(Z|[+-]\\d\\d:?\\d\\d)?");
    private static final String ENDS = " \t,|]>\"";

    private Beginning() {}

    /** How many characters of the line are not worth writing again; it is cut between words. */
    static int shared(Candidate above, Candidate line) {
        String before = above.text();
        String text = line.text();
        int same = same(before, 0, text, 0);
        if (same < text.length() && same < NEAR) {
            Matcher then = TIME.matcher(before);
            Matcher now = TIME.matcher(text);
            if (then.find() && now.find() && then.start() == now.start() && now.start() <= same) {
                same = now.end() + same(before, then.end(), text, now.end());
            }
        }
        if (same < LEAST) {
            return 0;
        }
        int cut = same;
        while (cut > 0 && (cut == text.length() || ENDS.indexOf(text.charAt(cut - 1)) < 0)) {
            cut--;
        }
        while (cut > 0 && text.charAt(cut - 1) == ' ') {
            cut--;
        }
        return cut >= LEAST && left(text, cut) >= LEAST_LEFT ? cut : 0;
    }

    private static int same(String a, int i, String b, int j) {
        int n = 0;
        while (i + n < a.length() && j + n < b.length() && a.charAt(i + n) == b.charAt(j + n)) {
            n++;
        }
        return n;
    }

    private static long left(String text, int from) {
        return text.chars().skip(from).filter(Character::isLetterOrDigit).count();
    }
}
