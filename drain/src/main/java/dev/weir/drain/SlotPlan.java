package dev.weir.drain;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where the lines of one shape have the value of one of their template's slots, and the plan of the slots behind it: a
 * chain, for a run of thousands of templates finds none of this in the processor's caches, and each array of its own would
 * be fetched from memory. A value is bounded by values the lexer found, or is a word that all lines of the shape have in
 * common.
 */
final class SlotPlan {
    /** The end of every chain. */
    static final SlotPlan EMPTY = new SlotPlan(new Slot());

    private final Slot slot;
    /** Its first and its last value, the bytes before the one and behind the other. */
    private int first;

    private int last;
    private int before;
    private int behind;
    /** In place of values. */
    private byte @Nullable [] word;

    private @Nullable SlotPlan next;

    private SlotPlan(Slot slot) {
        this.slot = slot;
    }

    static SlotPlan of(Template t, Token[] line, byte[] b, Lexed lexed) {
        if (line.length != t.tokens.length) {
            return EMPTY;
        }
        SlotPlan plan = EMPTY;
        for (int i = line.length - 1; i >= 0; i--) {
            Slot[] of = t.tokens[i].slots();
            int[] ranges = line[i].rangesFor(t.tokens[i]);
            for (int s = of.length - 1; s >= 0; s--) {
                SlotPlan earlier = new SlotPlan(of[s]);
                earlier.bound(line[i], ranges[2 * s], ranges[2 * s + 1], b, lexed);
                earlier.next = plan;
                plan = earlier;
            }
        }
        return plan;
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
    @Nullable
    Slot observe(byte[] b, Lexed lexed) {
        Slot surprised = null;
        for (SlotPlan at = this; at != null && at != EMPTY; at = at.next) {
            if (at.see(b, lexed)) {
                surprised = at.slot;
            }
        }
        return surprised;
    }

    private boolean see(byte[] b, Lexed lexed) {
        byte[] said = word;
        return said == null
                ? slot.observe(b, lexed.valueStart[first] - before, lexed.valueEnd[last] + behind)
                : slot.observe(said, 0, said.length);
    }

    int bytes() {
        int bytes = 48;
        for (SlotPlan at = this; at != null && at != EMPTY; at = at.next) {
            bytes += 40;
        }
        return bytes;
    }
}
