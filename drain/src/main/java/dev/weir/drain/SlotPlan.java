package dev.weir.drain;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where the lines of one shape have the values of their template's slots. A value is bounded by values the lexer found,
 * or is a word that all lines of the shape have in common.
 */
final class SlotPlan {
    static final SlotPlan EMPTY = new SlotPlan(0);

    private static final int WIDTH = 4;
    /** In place of a first value. */
    private static final int WORD = -1;

    private final Slot[] slots;
    /** Of each slot in turn: its first and its last value, the bytes before the one and behind the other. */
    private final int[] bounds;
    /** The words of slots that hold one. */
    private byte @Nullable [][] words;

    private SlotPlan(int n) {
        slots = new Slot[n];
        bounds = new int[n * WIDTH];
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
        int place = at * WIDTH;
        if (first > last) {
            words = words == null ? new byte[slots.length][] : words;
            words[at] = Arrays.copyOfRange(b, from, to);
            bounds[place] = WORD;
            return;
        }
        bounds[place] = first;
        bounds[place + 1] = last;
        bounds[place + 2] = lexed.valueStart[first] - from;
        bounds[place + 3] = to - lexed.valueEnd[last];
    }

    /** Lets every slot see its value; returns one that had few values and has just got another. */
    @Nullable
    Slot observe(byte[] b, Lexed lexed) {
        Slot surprised = null;
        for (int i = 0; i < slots.length; i++) {
            if (observe(i, b, lexed)) {
                surprised = slots[i];
            }
        }
        return surprised;
    }

    private boolean observe(int i, byte[] b, Lexed lexed) {
        int place = i * WIDTH;
        int first = bounds[place];
        if (first == WORD && words != null) {
            byte[] word = words[i];
            return slots[i].observe(word, 0, word.length);
        }
        int from = lexed.valueStart[first] - bounds[place + 2];
        return slots[i].observe(b, from, lexed.valueEnd[bounds[place + 1]] + bounds[place + 3]);
    }

    int bytes() {
        return 48 + slots.length * 40;
    }
}
