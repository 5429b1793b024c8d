package dev.weir.drain;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The slots of what stands beside the text: a structured message's other fields, the header's, by name; those beyond {@value #MOST} are not summarised. */
final class NamedSlots {
    static final int MOST = 32;
    private static final int LONGEST_NAME = 64;

    private static final String CAUSE = "cause";
    private static final long CAUSE_HASH = Bytes.hash(CAUSE.getBytes(StandardCharsets.US_ASCII), 0, CAUSE.length());

    private long[] names = new long[4];
    private final List<Slot> slots = new ArrayList<>();

    List<Slot> slots() {
        return slots;
    }

    /** Takes in what a line's header said of its origin. */
    void observe(Origin origin, byte[] b) {
        for (int i = 0; i < origin.count; i++) {
            long name = Origin.HASHES[origin.kind[i]];
            int at = indexOf(name);
            if (at == slots.size()) {
                if (at == MOST) {
                    continue;
                }
                add(name, Origin.NAMES[origin.kind[i]]);
            }
            slots.get(at).observe(b, origin.from[i], origin.to[i]);
        }
    }

    /** Takes in a structured line's fields. */
    void observe(Fields fields) {
        for (int i = 0; i < fields.count; i++) {
            long name = Bytes.hash(fields.text, fields.nameFrom[i], fields.nameTo[i]);
            int at = indexOf(name);
            if (at == slots.size()) {
                if (at == MOST) {
                    continue;
                }
                int end = Math.min(fields.nameTo[i], fields.nameFrom[i] + LONGEST_NAME);
                add(name, Bytes.readable(Bytes.latin1(fields.text, fields.nameFrom[i], end)));
            }
            slots.get(at).observe(fields.text, fields.valueFrom[i], fields.valueTo[i]);
        }
    }

    /**
     * Takes in the name of an exception, without its package, that a line after an event's first has told; the slot, if the
     * name is new to it. Traces of different failures may begin alike.
     */
    @Nullable
    Slot cause(byte[] b, int from, int to) {
        int at = indexOf(CAUSE_HASH);
        if (at == slots.size()) {
            if (at == MOST) {
                return null;
            }
            add(CAUSE_HASH, CAUSE);
        }
        int simple = to;
        while (simple > from && b[simple - 1] != '.' && b[simple - 1] != '$') {
            simple--;
        }
        return slots.get(at).observe(b, simple, to) ? slots.get(at) : null;
    }

    private int indexOf(long name) {
        int at = 0;
        while (at < slots.size() && names[at] != name) {
            at++;
        }
        return at;
    }

    private void add(long name, String called) {
        Slot slot = new Slot();
        slot.name = called;
        add(name, slot);
    }

    private void add(long name, Slot slot) {
        if (slots.size() == names.length) {
            names = Arrays.copyOf(names, Math.min(MOST, names.length * 2));
        }
        names[slots.size()] = name;
        slots.add(slot);
    }

    void absorb(NamedSlots other) {
        for (int i = 0; i < other.slots.size(); i++) {
            int at = indexOf(other.names[i]);
            if (at < slots.size()) {
                slots.get(at).absorb(other.slots.get(i));
            } else if (at < MOST) {
                add(other.names[i], other.slots.get(i));
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
            add(name, slot);
        }
    }
}
