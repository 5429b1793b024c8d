package dev.weir.drain;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One token of a template's key: a word, a value, or punctuation. Its text is a pattern: literal Latin-1 text with a
 * {@link #HOLE} for each value in it.
 */
final class Token {
    static final byte WORD = 0;
    static final byte VALUE = 1;
    static final byte PUNCTUATION = 2;

    /** A hole opens and closes with characters that no byte makes, and holds the name its mask gave it, if any. */
    static final char OPEN = '\uE000';

    static final char CLOSE = '\uE001';
    static final String HOLE = "\uE000\uE001";

    /** Holes of one token that are summarised each on its own. */
    static final int MOST_SLOTS = 16;

    private static final long VALUE_KEY = 0x2545F4914F6CDD1DL;
    private static final long SPACE_KEY = 0x5851F42D4C957F2DL;

    private static final int[] NO_RANGES = {};
    private static final Slot[] NO_SLOTS = {};
    private static final int WEIGHT = 64;

    byte kind;
    String text;
    /** White space before the token, as its first line had it. */
    String gap;
    /** Whether lines differ in that white space. */
    boolean anyGap;

    /** Where the token stood in the line last lexed; nothing of it outlives that line. */
    int from;

    int to;
    int firstValue;
    int values;
    /** Where its holes are in that line: start and end of each in turn. */
    int[] ranges = NO_RANGES;

    /** Summaries of the values in the holes, one for each; made when first asked for. */
    private Slot @Nullable [] slots;

    Token(byte kind, String text, String gap) {
        this.kind = kind;
        this.text = text;
        this.gap = gap;
    }

    /** Where in its line this token has the values of the template's holes: its own holes if the texts agree. */
    int[] rangesFor(Token template) {
        if (text.equals(template.text)) {
            return ranges;
        }
        int known = template.text.indexOf(OPEN);
        return known < 0 ? NO_RANGES : new int[] {Math.min(to, from + known), to};
    }

    int slotCount() {
        return Math.min(holes(text), MOST_SLOTS);
    }

    /** The slots of this token; after its text has changed, one starts with what the others knew. */
    Slot[] slots() {
        int n = slotCount();
        Slot[] now = slots;
        if (n == 0) {
            slots = null;
            return NO_SLOTS;
        }
        if (now == null || now.length != n) {
            Slot[] made = new Slot[n];
            for (int i = 0; i < n; i++) {
                made[i] = new Slot();
            }
            if (now != null && n == 1) {
                for (Slot s : now) {
                    made[0].absorb(s);
                }
            }
            slots = made;
            return made;
        }
        return now;
    }

    /** Takes over what a token folded into this one knew, or the word it was in that many lines. */
    void absorbSlots(Token other, long lines) {
        int n = slotCount();
        if (n == 0) {
            return;
        }
        Slot[] mine = slots();
        Slot[] theirs = other.slots;
        if (theirs != null && theirs.length > 0) {
            for (int i = 0; i < theirs.length; i++) {
                mine[Math.min(i, n - 1)].absorb(theirs[i]);
            }
        } else if (holes(other.text) == 0 && lines > 0) {
            byte[] word = other.text.getBytes(StandardCharsets.ISO_8859_1);
            int known = Math.min(text.indexOf(OPEN), word.length);
            mine[0].observe(word, known, word.length, lines);
        }
    }

    /** A copy that takes the summaries with it. */
    Token handOver() {
        Token copy = new Token(kind, text, gap);
        copy.slots = slots;
        slots = null;
        return copy;
    }

    /** Forgets where it stood in the line it was read from. */
    void settle() {
        ranges = NO_RANGES;
    }

    /** Bytes of heap, about. */
    int weight() {
        return WEIGHT + (text.length() > 1 ? 2 * WEIGHT / 3 + text.length() : 0);
    }

    boolean spaced() {
        return !gap.isEmpty();
    }

    /** What the token adds to its template's key. A value adds the same whatever it looks like. */
    long key(int position, Hash hash) {
        long own = kind == VALUE ? VALUE_KEY : hash.of(text);
        return at(own, position);
    }

    static long valueKey(int position) {
        return at(VALUE_KEY, position);
    }

    /** What white space before the token adds. */
    static long spaceKey(int position) {
        return at(SPACE_KEY, position);
    }

    static long anyKey(int position) {
        return at(~VALUE_KEY, position);
    }

    private static long at(long own, int position) {
        return Bytes.finish(own + (position + 1) * Bytes.K);
    }

    /** Takes in another line's version of this token; true if the text changed. */
    boolean widen(Token other) {
        if (!anyGap && !gap.equals(other.gap)) {
            anyGap = true;
        }
        if (text.equals(other.text)) {
            return false;
        }
        String wider = wider(text, other.text);
        boolean changed = !wider.equals(text);
        text = wider;
        return changed;
    }

    /** The pattern that covers both: what they share up to a dash or hash mark, then a hole. */
    static String wider(String a, String b) {
        int same = 0;
        int shared = 0;
        int most = Math.min(a.length(), b.length());
        while (same < most && a.charAt(same) == b.charAt(same) && a.charAt(same) != OPEN) {
            char c = a.charAt(same++);
            if (c == '-' || c == '#') {
                shared = same;
            }
        }
        return a.substring(0, shared) + HOLE;
    }

    static int holes(String text) {
        int n = 0;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == OPEN) {
                n++;
            }
        }
        return n;
    }

    /** Appends the text as people read it. */
    static void print(String text, StringBuilder out) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == OPEN) {
                int close = text.indexOf(CLOSE, i);
                out.append('<')
                        .append(close == i + 1 ? "*" : text.substring(i + 1, close))
                        .append('>');
                i = close;
            } else {
                out.append(c);
            }
        }
    }
}
