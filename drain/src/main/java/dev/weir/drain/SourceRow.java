package dev.weir.drain;

import java.util.function.Function;

/** A source as a row: what its header has taught, and the event it has open. Some tens of bytes. */
final class SourceRow {
    private static final int VERSION = 2;

    private SourceRow() {}

    static byte[] write(Miner.Source source) {
        RowWriter out = new RowWriter();
        out.number(VERSION).text(source.name);
        out.number(source.learner.lines).number(source.learner.tagged).number(source.learner.pipes);
        source.event.write(out);
        return out.row();
    }

    static void read(byte[] row, Function<String, Miner.Source> sources, Catalogue catalogue) {
        RowReader in = new RowReader(row);
        int version = in.number(1, VERSION);
        Miner.Source source = sources.apply(in.text());
        if (version < VERSION) {
            // Written by an older weir: what the header taught is soon learnt again.
            return;
        }
        source.learner.lines = in.number(0, Integer.MAX_VALUE);
        source.learner.tagged = in.number(0, Integer.MAX_VALUE);
        source.learner.pipes = in.number(0, Integer.MAX_VALUE);
        source.event.read(in, catalogue);
    }
}
