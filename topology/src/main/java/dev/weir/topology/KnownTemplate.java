package dev.weir.topology;

import dev.weir.topology.rows.SlotsRow;
import dev.weir.topology.rows.TemplateRow;
import dev.weir.topology.rows.Unpacker;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One template's rows, decoded as a reader shows them. Nothing changes it once it is made, though its row could be.
 *
 * @param stamp of its row
 * @param slotStamp of its slots' row; -1 if there is none
 * @param bytes what both take
 */
record KnownTemplate(
        TemplateRow row,
        long stamp,
        long slotStamp,
        int bytes,
        List<RunView.TextVersion> earlierTexts,
        List<String> streams,
        List<RunView.Sample> samples,
        List<RunView.Slot> slots) {
    /** The same as {@code before} if the rows are: a stamp names one record's work. */
    static KnownTemplate of(int id, byte[] row, byte @Nullable [] slots, @Nullable KnownTemplate before) {
        long stamp = Unpacker.stamp(row);
        long slotStamp = slots == null ? -1 : Unpacker.stamp(slots);
        int bytes = row.length + (slots == null ? 0 : slots.length);
        if (before != null && before.stamp == stamp && before.slotStamp == slotStamp && before.bytes == bytes) {
            return before;
        }
        TemplateRow read = TemplateRow.unpack(id, row);
        byte[] slotsLearnt = null;
        if (slots != null) {
            SlotsRow learnt = SlotsRow.unpack(slots);
            slotsLearnt = learnt.learnt();
            read.lastSample(learnt.last());
        }
        return new KnownTemplate(
                read,
                stamp,
                slotStamp,
                bytes,
                read.texts.stream()
                        .map(one -> new RunView.TextVersion(one.offset(), one.time(), one.text()))
                        .toList(),
                List.copyOf(read.streams),
                read.samples().stream()
                        .map(one -> new RunView.Sample(new Position(one.offset(), one.index()), one.bytes()))
                        .toList(),
                List.copyOf(Slots.read(read.learnt, slotsLearnt)));
    }

    /** All that its row is sure to know. */
    List<RunView.Sample> firstSample() {
        return samples.subList(0, Math.min(1, samples.size()));
    }
}
