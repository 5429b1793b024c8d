package dev.weir.drain;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where the lines of one shape have the value of one of their template's slots, and the plan of the slots behind it: a
 * chain that begins in what is remembered of the shape, for a run of thousands of templates finds none of this in the
 * processor's caches, and each object of its own would be fetched from memory. A value is bounded by values the lexer
 * found, or is a word that all lines of the shape have in common.
 */
class SlotPlan {
    /** Null if there is none. */
    private @Nullable Slot slot;
    /** Its first and its last value, the bytes before the one and behind the other. */
    private int first;

    private int last;
    private int before;
    private int behind;
    /** In place of values. */
    private byte @Nullable [] word;

    private @Nullable SlotPlan next;

    /** Makes this the plan of a template's slots, as a line of the shape has them. */
    final void lay(Template t, Token[] line, byte[] b, Lexed lexed) {
        if (line.length != t.tokens.length) {
            return;
        }
        SlotPlan at = null;
        for (int i = 0; i < line.length; i++) {
            Slot[] of = t.tokens[i].slots();
            int[] ranges = line[i].rangesFor(t.tokens[i]);
            for (int s = 0; s < of.length; s++) {
                SlotPlan later = at == null ? this : new SlotPlan();
                later.slot = of[s];
                later.bound(line[i], ranges[2 * s], ranges[2 * s + 1], b, lexed);
                if (at != null) {
                    at.next = later;
                }
                at = later;
            }
        }
    }

    /** Says where the value is by the lexer's values within it, for the bytes before them vary from line to line. */
    private void bound(Token token, int from, int to, byte[] b, Lexed lexed) {
        first = token.firstValue;
        last = token.firstValue + token.values - 1;
        while (first <= last && lexed.valueStart[first] < from) {
            first++;
        }
        while (last >= first && lexed.valueEnd[last] > to) {
            last--;
        }
        if (first > last) {
            word = Arrays.copyOfRange(b, from, to);
            return;
        }
        before = lexed.valueStart[first] - from;
        behind = to - lexed.valueEnd[last];
    }

    /** Lets every slot see its value; returns one that had few values and has just got another. */
    final @Nullable Slot observe(byte[] b, Lexed lexed) {
        Slot surprised = null;
        for (SlotPlan at = this; at != null; at = at.next) {
            Slot of = at.slot;
            if (of != null && at.see(of, b, lexed)) {
                surprised = of;
            }
        }
        return surprised;
    }

    private boolean see(Slot of, byte[] b, Lexed lexed) {
        byte[] said = word;
        return said == null
                ? of.observe(b, lexed.valueStart[first] - before, lexed.valueEnd[last] + behind)
                : of.observe(said, 0, said.length);
    }
}
