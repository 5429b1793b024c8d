package dev.weir.topology;

import dev.weir.drain.Slot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The slot summaries of a template, from the miner's rows. */
final class Slots {
    private Slots() {}

    static List<RunView.Slot> read(byte[] template, byte @Nullable [] slots) {
        if (slots == null || template.length == 0) {
            return List.of();
        }
        List<RunView.Slot> read = new ArrayList<>();
        List<Slot> mined = Slot.read(template, slots);
        for (int i = 0; i < mined.size(); i++) {
            Slot slot = mined.get(i);
            if (slot.count() > 0) {
                read.add(view(i, slot));
            }
        }
        return read;
    }

    private static RunView.Slot view(int index, Slot slot) {
        String name = slot.name();
        return new RunView.Slot(
                index,
                name == null ? "" : name,
                slot.count(),
                slot.distinct(),
                slot.exact(),
                true,
                slot.top().stream()
                        .map(value -> new RunView.ValueCount(value.text(), value.count()))
                        .toList(),
                slot.numbers() == 0
                        ? Optional.empty()
                        : Optional.of(new RunView.Numbers(
                                slot.min(), slot.max(), slot.quantile(0.5), slot.quantile(0.9), slot.quantile(0.99))));
    }
}
