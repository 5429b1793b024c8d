package dev.weir.drain;

/** A template's slot summaries as a row of at most {@value #MOST} bytes; slots that do not fit start again from nothing. */
final class SlotsRow {
    static final int MOST = 4096;
    private static final int VERSION = 1;
    private static final int END = 0;
    private static final int HOLE = 1;
    private static final int FIELD = 2;

    private SlotsRow() {}

    static byte[] write(Template t) {
        RowWriter out = new RowWriter();
        out.number(VERSION);
        for (int i = 0; i < t.tokens.length; i++) {
            Slot[] slots = t.tokens[i].slots();
            for (int s = 0; s < slots.length; s++) {
                int before = out.size();
                out.number(HOLE).number(i).number(s);
                slots[s].write(out);
                if (out.size() >= MOST) {
                    out.cut(before);
                }
            }
        }
        NamedSlots fields = t.fields;
        for (int i = 0; fields != null && i < fields.slots().size(); i++) {
            int before = out.size();
            out.number(FIELD);
            fields.write(out, i);
            if (out.size() >= MOST) {
                out.cut(before);
            }
        }
        return out.number(END).row();
    }

    static void read(Template t, byte[] row) {
        RowReader in = new RowReader(row);
        in.number(VERSION, VERSION);
        for (int what = in.number(END, FIELD); what != END; what = in.number(END, FIELD)) {
            if (what == FIELD) {
                if (t.fields == null) {
                    t.fields = new NamedSlots();
                }
                t.fields.read(in);
                continue;
            }
            int token = in.number(0, 1 << 16);
            int hole = in.number(0, Token.MOST_SLOTS);
            Slot slot = new Slot();
            slot.read(in);
            if (token < t.tokens.length && hole < t.tokens[token].slotCount()) {
                t.tokens[token].slots()[hole] = slot;
            }
        }
    }
}
