package dev.weir.drain;

import java.util.ArrayList;
import java.util.List;

/** The slots of a structured message's other fields, by name; those beyond {@value #MOST} are not summarised. */
final class NamedSlots {
    static final int MOST = 32;

    private final long[] names = new long[MOST];
    private final List<Slot> slots = new ArrayList<>();

    List<Slot> slots() {
        return slots;
    }

    void observe(Fields fields) {
        for (int i = 0; i < fields.count; i++) {
            long name = Bytes.hash(fields.text, fields.nameFrom[i], fields.nameTo[i]);
            int at = 0;
            while (at < slots.size() && names[at] != name) {
                at++;
            }
            if (at == slots.size()) {
                if (at == MOST) {
                    continue;
                }
                Slot slot = new Slot();
                slot.name = Bytes.readable(Bytes.latin1(
                        fields.text, fields.nameFrom[i], Math.min(fields.nameTo[i], fields.nameFrom[i] + 64)));
                names[at] = name;
                slots.add(slot);
            }
            slots.get(at).observe(fields.text, fields.valueFrom[i], fields.valueTo[i]);
        }
    }

    void absorb(NamedSlots other) {
        for (int i = 0; i < other.slots.size(); i++) {
            int at = 0;
            while (at < slots.size() && names[at] != other.names[i]) {
                at++;
            }
            if (at < slots.size()) {
                slots.get(at).absorb(other.slots.get(i));
            } else if (at < MOST) {
                names[at] = other.names[i];
                slots.add(other.slots.get(i));
            }
        }
    }

    void write(RowWriter out, int i) {
        out.fixed(names[i]);
        slots.get(i).write(out);
    }

    void read(RowReader in) {
        long name = in.fixed();
        Slot slot = new Slot();
        slot.read(in);
        if (slots.size() < MOST) {
            names[slots.size()] = name;
            slots.add(slot);
        }
    }
}
