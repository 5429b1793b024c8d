package dev.weir.drain;

import static dev.weir.drain.Bytes.digit;
import static dev.weir.drain.Bytes.letter;
import static dev.weir.drain.Bytes.space;

/**
 * The level that a line's own words imply when no header, field or level in front of it says one: tools, compilers and
 * test runners put {@code error:}, {@code FAILED} or a cross where a logger would put a level. Asked once for each shape,
 * of what lines of that shape have in common.
 */
final class Wording {
    private static final int MOST_WORDS = 24;
    private static final int MOST_BYTES = 400;

    /** Words after which {@code error} is spoken of rather than reported. */
    private static final String[] TALK = {
        "no",
        "an",
        "the",
        "any",
        "a",
        "on",
        "if",
        "of",
        "in",
        "as",
        "to",
        "or",
        "and",
        "for",
        "with",
        "without",
        "last",
        "this",
        "that",
        "not",
        "max",
        "ignore",
        "ignored",
        "ignoring",
        "previous",
        "zero",
        "each",
        "one",
        "log",
        "set"
    };

    private Wording() {}

    static Level of(byte[] b, int from, int to) {
        int end = Math.min(to, from + MOST_BYTES);
        int p = from;
        while (p < end && space(b[p])) {
            p++;
        }
        if (p + 2 < end && b[p + 1] == ':' && b[p + 2] == ' ' && (b[p] == 'e' || b[p] == 'w')) {
            return b[p] == 'e' ? Level.ERROR : Level.WARN;
        }
        if (p + 2 < end && b[p] == 'E' && b[p + 1] == ' ' && b[p + 2] == ' ') {
            return Level.ERROR;
        }
        Level mark = Level.UNKNOWN;
        for (int next = gutter(b, p, end); next > p; next = gutter(b, p, end)) {
            mark = mark(b, p, next);
            if (mark != Level.UNKNOWN) {
                return mark;
            }
            p = next;
        }
        return words(b, p, end, end == to);
    }

    private static Level words(byte[] b, int from, int end, boolean whole) {
        int before = from;
        int endBefore = from;
        int p = from;
        for (int k = 0; k < MOST_WORDS && p < end; k++) {
            int e = p;
            while (e < end && !space(b[e])) {
                e++;
            }
            if (mayTell(b[p], b[e - 1])) {
                Level level = word(b, p, e, k, before, endBefore, end, whole);
                if (level != Level.UNKNOWN) {
                    return level;
                }
            }
            before = p;
            endBefore = e;
            p = after(b, e, end);
        }
        return Level.UNKNOWN;
    }

    /** A quick look at both ends of a word: most words are none that could say anything. */
    private static boolean mayTell(byte first, byte last) {
        switch (first | 32) {
            case 'c':
            case 'e':
            case 'f':
            case 'n':
            case 'p':
            case 's':
            case 'w':
                return true;
            default:
                return last == ':' || last == ')' || !letter(first);
        }
    }

    /** What one word says; {@code before} is where the word before it starts, {@code endBefore} where that one ends. */
    private static Level word(byte[] b, int p, int e, int k, int before, int endBefore, int end, boolean whole) {
        int s = p;
        while (s < e && (b[s] == '(' || b[s] == '[' || b[s] == '"' || b[s] == '\'')) {
            s++;
        }
        int w = s;
        while (w < e && (letter(b[w]) || digit(b[w]) || b[w] == '.' || b[w] == '_' || b[w] == '$')) {
            w++;
        }
        if (w == s) {
            boolean stars = e - p == 3 && b[p] == '*' && b[p + 1] == '*' && k == 1 && b[endBefore - 1] == ':';
            return stars ? Level.ERROR : Level.UNKNOWN;
        }
        boolean colon = w < e && b[w] == ':';
        boolean shout = w < e && b[w] == '!';
        boolean last = whole && after(b, e, end) == end;
        while (w > s && b[w - 1] == '.') {
            w--;
        }
        if (failed(b, s, w, k, colon) && !(k > 0 && talk(b, before, endBefore))) {
            return Level.ERROR;
        }
        if (k == 0 && Event.starts(b, s, end, "not ok")) {
            return Level.ERROR;
        }
        if (w - s > 6 && (colon || last && b[p] == '(') && Frames.exception(b, s, w)) {
            return Level.ERROR;
        }
        Level level = Levels.alsoAWord(b, s, w) ? Level.UNKNOWN : grave(Levels.of(b, s, w));
        if (level == Level.UNKNOWN) {
            return level;
        }
        boolean bare = s == p && (w == e || colon || shout);
        if (colon && bare || k == 0 && bare && (b[s] < 'a' || level == Level.ERROR || level == Level.FATAL)) {
            return level;
        }
        if (k == 1 && bare && !talk(b, before, endBefore) && !last) {
            return level;
        }
        boolean code = k > 0 && b[endBefore - 1] == ':' && code(b, e, end);
        return code || last && k > 0 && b[s] == 'E' && b[w - 1] == 'R' && s == p && b[endBefore - 1] == '.'
                ? level
                : Level.UNKNOWN;
    }

    /** Only levels that a reader must not miss: a word like info or debug says little where it stands by chance. */
    private static Level grave(Level level) {
        return level.compareTo(Level.WARN) >= 0 ? level : Level.UNKNOWN;
    }

    /** FAIL and FAILED anywhere in capitals, or as the first word in any case. */
    private static boolean failed(byte[] b, int s, int w, int k, boolean colon) {
        int n = w - s;
        if (n < 4 || n > 7 || (b[s] | 32) != 'f') {
            return false;
        }
        boolean capitals = b[s + 1] == 'A' && b[s + 3] == 'L';
        boolean whole = n == 4
                ? same(b, s, "fail")
                : n == 6 ? same(b, s, "failed") : n == 7 && (same(b, s, "failure") || same(b, s, "failing"));
        return whole && (capitals || k == 0 && (n == 6 || colon));
    }

    /** {@code  TS2322:}, the code that compilers of one family put behind the level. */
    private static boolean code(byte[] b, int e, int end) {
        int i = e + 1;
        while (i < end && b[i] >= 'A' && b[i] <= 'Z') {
            i++;
        }
        return i > e + 1 && i < end && digit(b[i]);
    }

    private static boolean talk(byte[] b, int from, int to) {
        for (String word : TALK) {
            if (to - from == word.length() && same(b, from, word)) {
                return true;
            }
        }
        return false;
    }

    private static boolean same(byte[] b, int from, String word) {
        for (int i = 0; i < word.length(); i++) {
            if ((b[from + i] | 32) != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static int after(byte[] b, int e, int end) {
        int i = e;
        while (i < end && space(b[i])) {
            i++;
        }
        return i;
    }

    /** Behind a mark that stands in front of the words (a bar, a bullet, a cross, a rule), or {@code p}. */
    private static int gutter(byte[] b, int p, int end) {
        int i = p;
        while (i < end && (b[i] == '|' || b[i] == '>' || b[i] == '*' || b[i] == '-' || b[i] == '=' || b[i] == '#')) {
            i++;
        }
        if (i == p) {
            int lead = p < end ? b[p] & 255 : 0;
            i += lead == 0xE2 ? 3 : lead == 0xC3 && p + 1 < end && (b[p + 1] & 255) == 0x97 ? 2 : 0;
        }
        if (i == p || i >= end || b[i] != ' ') {
            return p;
        }
        return after(b, i, end);
    }

    /** Crosses and warning signs, as test runners and linters print them. */
    private static Level mark(byte[] b, int p, int end) {
        if ((b[p] & 255) == 0xC3) {
            return Level.ERROR;
        }
        if ((b[p] & 255) != 0xE2 || p + 2 >= end) {
            return Level.UNKNOWN;
        }
        int sign = (b[p + 1] & 255) << 8 | b[p + 2] & 255;
        return sign >= 0x9C95 && sign <= 0x9C98 || sign == 0x9D8C
                ? Level.ERROR
                : sign == 0x9AA0 ? Level.WARN : Level.UNKNOWN;
    }
}
