package dev.weir.compact;

import dev.weir.drain.Level;

/** Whether a line only stands below a warning: the source that it quotes may speak of any error. */
final class Quoted {
    /** Lines that a warning may quote. */
    private static final int MOST = 6;

    /** Lines that may yet be quoted by the warning above. */
    private int left;

    boolean is(String plain, int indent) {
        if (Suspicion.warns(plain) || left > 0 && Suspicion.notes(plain)) {
            left = MOST;
            return false;
        }
        boolean below = left == MOST || left > 0 && (indent > 0 || Suspicion.code(plain));
        left = below && !Suspicion.labelled(plain) ? left - 1 : 0;
        return left > 0;
    }

    /** The same for one of a kind that came up often. */
    boolean is(Level level) {
        left = level == Level.WARN ? MOST : Math.max(0, left - 1);
        return left > 0;
    }

    void end() {
        left = 0;
    }
}
