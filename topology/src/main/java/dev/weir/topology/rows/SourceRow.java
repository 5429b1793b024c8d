package dev.weir.topology.rows;

import java.util.Map;

/** One byte stream of a run: what of it was accepted, and what its lines taught the miner. Mutable, confined to one stream task. */
public final class SourceRow {

    public final String name;
    public String stream = "";
    public long epoch;
    public Intervals accepted = new Intervals();
    /** Accepted parts of long lines after their first: entries, but no lines. */
    public long continuations;

    public long duplicates;
    /** How many entries the edge has read, by its last word; -1 when it never said. */
    public long edgeNextSeq = -1;

    public long lastActivity;
    public Map<String, String> labels = Map.of();
    /** The miner's own row of this source. */
    public byte[] learnt = new byte[0];

    public SourceRow(String name) {
        this.name = name;
    }

    /** Lines read: the size of the union of accepted intervals, less continuation parts. */
    public long read() {
        return accepted.size() - continuations;
    }

    /** Entries the edge has read that are not here; never negative, for the edge's word may be older than its entries. */
    public long missing() {
        return edgeNextSeq < 0 ? 0 : Math.max(0, edgeNextSeq - accepted.size());
    }

    public byte[] pack(Packer out) {
        out.start(Layout.CURRENT).text(stream).number(epoch);
        accepted.pack(out);
        out.number(continuations).number(duplicates).signed(edgeNextSeq).number(lastActivity);
        return out.texts(labels).blob(learnt).toBytes();
    }

    public static SourceRow unpack(String name, byte[] row) {
        Unpacker in = new Unpacker(row);
        SourceRow source = new SourceRow(name);
        source.stream = in.text();
        source.epoch = in.number();
        source.accepted = Intervals.unpack(in);
        source.continuations = in.number();
        source.duplicates = in.number();
        source.edgeNextSeq = in.signed();
        source.lastActivity = in.number();
        source.labels = in.texts();
        source.learnt = in.blob();
        return source;
    }
}
