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

    static SlotPlan of(Template t, Token[] line, byte[] b, Lexer lexer) {
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
            boolean alike = line[i].text.equals(t.tokens[i].text) && line[i].values == of.length;
            for (int s = 0; s < of.length; s++) {
                plan.slots[at] = of[s];
                if (alike) {
                    plan.firstValue[at] = line[i].firstValue + s;
                    plan.lastValue[at] = line[i].firstValue + s;
                } else {
                    plan.span(at, line[i], t.tokens[i], b, lexer);
                }
                at++;
            }
        }
        return plan;
    }

    /** The whole token less what its template knows it starts with. */
    private void span(int at, Token line, Token template, byte[] b, Lexer lexer) {
        int known = template.text.indexOf(Token.OPEN);
        int from = Math.min(line.to, line.from + Math.max(0, known));
        if (line.values == 0) {
            word[at] = Arrays.copyOfRange(b, from, line.to);
            return;
        }
        firstValue[at] = line.firstValue;
        lastValue[at] = line.firstValue + line.values - 1;
        before[at] = lexer.valueStart[firstValue[at]] - from;
        after[at] = line.to - lexer.valueEnd[lastValue[at]];
    }

    /** Lets every slot see its value; returns one that had few values and has just got another. */
    @Nullable
    Slot observe(byte[] b, Lexer lexer) {
        Slot surprised = null;
        for (int i = 0; i < slots.length; i++) {
            byte[] w = word[i];
            boolean fresh =
                    w != null ? slots[i].observe(w, 0, w.length) : slots[i].observe(b, from(i, lexer), to(i, lexer));
            if (fresh) {
                surprised = slots[i];
            }
        }
        return surprised;
    }

    private int from(int i, Lexer lexer) {
        return lexer.valueStart[firstValue[i]] - before[i];
    }

    private int to(int i, Lexer lexer) {
        return lexer.valueEnd[lastValue[i]] + after[i];
    }

    int bytes() {
        return 48 + slots.length * 40;
    }
}
