package dev.weir.topology.rows;

import org.jspecify.annotations.Nullable;

/**
 * What a template learns with every line, written when a minute closes and when the run ends: the miner's row of its
 * slots, and the last line's sample.
 *
 * @param last null while the template's row says all about its samples
 */
public record SlotsRow(byte[] learnt, TemplateRow.@Nullable SampleBytes last) {
    public byte[] pack(Packer out) {
        out.start(Layout.CURRENT).blob(learnt);
        if (last != null) {
            out.number(last.offset()).number(last.index()).blob(last.bytes());
        }
        return out.toBytes();
    }

    /** Rows of older layouts end behind the slots. */
    public static SlotsRow unpack(byte[] row) {
        Unpacker in = new Unpacker(row);
        byte[] learnt = in.blob();
        return new SlotsRow(
                learnt, in.more() ? new TemplateRow.SampleBytes(in.number(), in.integer(), in.blob()) : null);
    }
}
