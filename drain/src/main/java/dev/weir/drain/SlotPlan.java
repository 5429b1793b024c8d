package dev.weir.drain;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where the lines of one shape have the values of their template's slots. A value is bounded by values the lexer found,
 * or is a word that all lines of the shape have in common.
 */
final class SlotPlan {
    static final SlotPlan EMPTY = new SlotPlan(0);

    private final Slot[] slots;
    private final int[] firstValue;
    private final int[] lastValue;
    private final int[] before;
    private final int[] after;
    private final byte[][] word;

    private SlotPlan(int n) {
        slots = new Slot[n];
        firstValue = new int[n];
        lastValue = new int[n];
        before = new int[n];
        after = new int[n];
        word = new byte[n][];
    }

    static SlotPlan of(Template t, Token[] line, byte[] b, Lexed lexed) {
        int n = 0;
        for (Token token : t.tokens) {
            n += token.slotCount();
        }
        if (n == 0 || line.length != t.tokens.length) {
            return EMPTY;
        }
        SlotPlan plan = new SlotPlan(n);
        int at = 0;
        for (int i = 0; i < line.length; i++) {
            Slot[] of = t.tokens[i].slots();
            int[] ranges = line[i].rangesFor(t.tokens[i]);
            for (int s = 0; s < of.length; s++) {
                plan.slots[at] = of[s];
                plan.bound(at++, line[i], ranges[2 * s], ranges[2 * s + 1], b, lexed);
            }
        }
        return plan;
    }

    /** Says where the value is by the lexer's values within it, for the bytes before them vary from line to line. */
    private void bound(int at, Token token, int from, int to, byte[] b, Lexed lexed) {
        int first = token.firstValue;
        int last = token.firstValue + token.values - 1;
        while (first <= last && lexed.valueStart[first] < from) {
            first++;
        }
        while (last >= first && lexed.valueEnd[last] > to) {
            last--;
        }
        if (first > last) {
            word[at] = Arrays.copyOfRange(b, from, to);
            return;
        }
        firstValue[at] = first;
        lastValue[at] = last;
        before[at] = lexed.valueStart[first] - from;
        after[at] = to - lexed.valueEnd[last];
    }

    /** Lets every slot see its value; returns one that had few values and has just got another. */
    @Nullable
    Slot observe(byte[] b, Lexed lexed) {
        Slot surprised = null;
        for (int i = 0; i < slots.length; i++) {
            byte[] w = word[i];
            boolean fresh =
                    w != null ? slots[i].observe(w, 0, w.length) : slots[i].observe(b, from(i, lexed), to(i, lexed));
            if (fresh) {
                surprised = slots[i];
            }
        }
        return surprised;
    }

    private int from(int i, Lexed lexed) {
        return lexed.valueStart[firstValue[i]] - before[i];
    }

    private int to(int i, Lexed lexed) {
        return lexed.valueEnd[lastValue[i]] + after[i];
    }

    int bytes() {
        return 48 + slots.length * 40;
    }
}
