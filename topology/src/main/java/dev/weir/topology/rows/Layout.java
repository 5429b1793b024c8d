package dev.weir.topology.rows;

/**
 * The layout of all rows together. One number, raised with any change of any row: rows of two layouts in one store would
 * be a riddle. Another layout is refused at the start, never guessed at; an older one is read where it lacks nothing.
 */
public final class Layout {
    public static final int CURRENT = 4;
    /** It had no {@link Delta} rows, nothing but slots in a {@link SlotsRow}, and no words in what miners write. */
    private static final int OLDEST = 2;

    private Layout() {}

    static boolean known(int layout) {
        return layout >= OLDEST && layout <= CURRENT;
    }

    /** The state was written by a weir of another layout. */
    public static final class Foreign extends IllegalStateException {
        /** @param layout as it is named in a sentence */
        public Foreign(String layout) {
            super(
                    "The state has layout " + layout + ", this weir needs " + CURRENT
                            + ": it was written by another version. Start that version again, or set WEIR_APPLICATION_ID to a new"
                            + " name: then the state is built anew from what weir.lines still holds, and the old one stays as it is");
        }
    }
}
