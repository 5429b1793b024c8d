package dev.weir.cli.ship;

import java.util.Map;

/** Where a source stands: the number its next entry gets. */
record Position(String source, String stream, long nextSeq, Map<String, String> labels) {
    Position {
        labels = Map.copyOf(labels);
    }

    static Position start(String source, String stream) {
        return new Position(source, stream, 0, Map.of());
    }

    Position plus(long entries) {
        return new Position(source, stream, nextSeq + entries, labels);
    }
}
