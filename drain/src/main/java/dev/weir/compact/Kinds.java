package dev.weir.compact;

/** How often each kind of line came up: counts by hash, for so many kinds and no more, without a box per entry. */
final class Kinds {
    private static final int MOST = 1 << 14;

    private long[] keys = new long[1024];
    private int[] counts = new int[1024];
    /** Of each kind the first line's own hash, or {@link #SEVERAL} once another line differed from it. */
    private long[] firsts = new long[1024];

    private int size;

    private static final long SEVERAL = 0;

    /** Counts one, of this hash of its own, and says how often the kind has come up; 0 for one that there is no room for. */
    int add(long kind, long own) {
        int at = at(kind);
        if (counts[at] == 0) {
            if (size == MOST) {
                return 0;
            }
            if (++size * 2 > keys.length) {
                grow();
                at = at(kind);
            }
            keys[at] = kind;
            firsts[at] = own;
        }
        firsts[at] = firsts[at] == own ? own : SEVERAL;
        return ++counts[at] < 0 ? --counts[at] : counts[at];
    }

    /** How often it has come up; 0 for one that there was no room for. */
    int count(long kind) {
        return counts[at(kind)];
    }

    /** Whether lines of this kind differed. */
    boolean varied(long kind) {
        int at = at(kind);
        return counts[at] > 0 && firsts[at] == SEVERAL;
    }

    private int at(long kind) {
        int mask = keys.length - 1;
        int i = (int) (kind ^ kind >>> 32) & mask;
        while (counts[i] != 0 && keys[i] != kind) {
            i = i + 1 & mask;
        }
        return i;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] old = counts;
        long[] oldFirsts = firsts;
        keys = new long[oldKeys.length * 2];
        counts = new int[oldKeys.length * 2];
        firsts = new long[oldKeys.length * 2];
        for (int i = 0; i < old.length; i++) {
            if (old[i] != 0) {
                int to = at(oldKeys[i]);
                keys[to] = oldKeys[i];
                counts[to] = old[i];
                firsts[to] = oldFirsts[i];
            }
        }
    }
}
