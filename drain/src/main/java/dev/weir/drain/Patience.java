package dev.weir.drain;

/**
 * How long it pays to look for moulds: looking in vain costs one, being right earns two; when nothing is left, the next
 * lines are read without a look.
 */
final class Patience {
    private static final int CREDIT = 256;
    private static final int MOST = 1024;
    private static final int REST = 4096;

    private int credit = CREDIT;
    private int resting;

    /** Whether this line is one of those that are not looked at. */
    boolean rests() {
        if (resting == 0) {
            return false;
        }
        resting--;
        return true;
    }

    void rewarded() {
        credit = Math.min(credit + 2, MOST);
    }

    void disappointed() {
        if (--credit <= 0) {
            credit = CREDIT;
            resting = REST;
        }
    }
}
