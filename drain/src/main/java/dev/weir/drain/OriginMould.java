package dev.weir.drain;

/** Where the host, process, thread and logger of a line stand, seen from where its header or a part of that starts. */
final class OriginMould {
    private final int[] kind = new int[Origin.MOST];
    private final int[] from = new int[Origin.MOST];
    private final int[] to = new int[Origin.MOST];
    private int count;

    void remember(Origin origin, int start) {
        count = origin.count;
        for (int i = 0; i < count; i++) {
            kind[i] = origin.kind[i];
            from[i] = origin.from[i] - start;
            to[i] = origin.to[i] - start;
        }
    }

    /** Adds where they stand in a line of which the same starts at {@code start}. */
    void tell(Origin origin, int start) {
        for (int i = 0; i < count; i++) {
            origin.add(kind[i], start + from[i], start + to[i]);
        }
    }
}
