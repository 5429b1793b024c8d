package dev.weir.drain;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A template as a row, without its counts and slots, which change too often to be in it. */
final class TemplateRow {
    private static final int VERSION = 2;
    /** It had no words. */
    private static final int OLDEST = 1;

    private static final int OVERFLOW = 1;
    private static final int EVICTED = 2;
    private static final int NAMED = 4;
    private static final int DECLARED = 8;
    private static final int MOST_TOKENS = 1 << 16;

    private TemplateRow() {}

    static byte[] write(Template t) {
        RowWriter out = new RowWriter();
        out.number(VERSION).number(t.id).number(t.lane).number(t.level.ordinal());
        out.number((t.overflow ? OVERFLOW : 0)
                | (t.evicted ? EVICTED : 0)
                | (t.name != null ? NAMED : 0)
                | (t.declared != null ? DECLARED : 0));
        if (t.name != null) {
            out.text(t.name);
        }
        out.number(t.mergedInto).fixed(t.evidence);
        out.number(t.firstOffset).number(t.firstIndex).number(t.changedOffset);
        out.number(t.places);
        for (int i = 0; i < t.places; i++) {
            out.number(t.placeOffset(i)).number(t.placeIndex(i));
        }
        out.bytes(t.sample, 0, t.sample.length);
        out.number(t.versions.size());
        t.versions.forEach(out::text);
        out.number(t.tokens.length);
        for (Token token : t.tokens) {
            out.number(token.kind | (token.anyGap ? 4 : 0)).text(token.gap).text(token.text);
        }
        out.number(t.valueWords.size());
        t.valueWords.forEach(word -> out.number(word.place()).text(word.text()));
        return out.row();
    }

    static Template read(byte[] row) {
        RowReader in = new RowReader(row);
        int version = in.number(OLDEST, VERSION);
        int id = in.number(0, Integer.MAX_VALUE);
        int lane = in.number(0, 1);
        Level level = Level.at(in.number(0, Level.values().length - 1));
        int flags = in.number(0, 15);
        String name = (flags & NAMED) != 0 ? in.text() : null;
        int mergedInto = in.number(-1, Integer.MAX_VALUE);
        long evidence = in.fixed();
        Template t = new Template(id, lane, level, new Token[0]);
        t.name = name;
        t.declared = (flags & DECLARED) != 0 ? name : null;
        t.overflow = (flags & OVERFLOW) != 0;
        t.evicted = (flags & EVICTED) != 0;
        t.mergedInto = mergedInto;
        t.evidence = evidence;
        t.firstOffset = in.number();
        t.firstIndex = in.number(Integer.MIN_VALUE, Integer.MAX_VALUE);
        t.changedOffset = in.number();
        int places = in.number(0, Template.MAX_PLACES);
        for (int i = 0; i < places; i++) {
            t.place(in.number(), in.number(Integer.MIN_VALUE, Integer.MAX_VALUE));
        }
        t.sample = in.bytes();
        int versions = in.number(0, Template.MAX_VERSIONS);
        for (int i = 0; i < versions; i++) {
            t.versions.add(in.text());
        }
        // Each token takes three bytes at least, so a damaged count cannot ask for more memory than the row has bytes.
        Token[] tokens = new Token[in.number(0, Math.min(MOST_TOKENS, row.length / 3))];
        for (int i = 0; i < tokens.length; i++) {
            int kind = in.number(0, 6);
            String gap = in.text();
            tokens[i] = new Token((byte) (kind & 3), in.text(), gap);
            tokens[i].anyGap = (kind & 4) != 0;
        }
        int words = version == OLDEST ? 0 : in.number(0, Vocabulary.MOST);
        List<Vocabulary.Word> known = new ArrayList<>();
        for (int i = 0; i < words; i++) {
            known.add(new Vocabulary.Word(in.number(0, Relations.WATCHED - 1), in.text()));
        }
        Collections.sort(known);
        t.valueWords = known;
        if (!in.atEnd()) {
            throw in.damaged("something is left over");
        }
        t.tokens = tokens;
        return t;
    }
}
