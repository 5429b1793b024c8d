package dev.weir.drain;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One template of a run: what its lines share, and how many there were. Its counts are its own; those of templates
 * folded into it stay with them, and {@link #totalCount()} adds them up, so that a tally once written is never moved.
 */
public final class Template extends Seen {
    static final int MAX_VERSIONS = 8;
    static final int MAX_SAMPLE = 256;
    static final int MAX_SLOTS = 64;
    private static final int LONGEST_VERSION = 512;

    final int id;
    final int lane;
    Level level;
    Token[] tokens;
    /** Positions that became values by evidence, not by their looks. */
    long evidence;

    long key;
    /** Bytes its tokens take, about, as last added up. */
    int weight;

    boolean overflow;

    @Nullable
    String name;

    /** The name of the declared template this is, if it is one. */
    @Nullable
    String declared;

    int mergedInto = -1;
    boolean evicted;
    final List<Template> absorbed = new ArrayList<>();

    long changedOffset = NONE;
    byte[] sample = new byte[0];
    final List<String> versions = new ArrayList<>();
    /** Words that were found to be values of it. */
    List<Vocabulary.Word> valueWords = List.of();

    boolean touched;
    boolean dirty;
    boolean slotsDirty;

    @Nullable
    NamedSlots fields;

    private @Nullable String text;
    private long fingerprint;

    Template(int id, int lane, Level level, Token[] tokens) {
        this.id = id;
        this.lane = lane;
        this.level = level;
        this.tokens = tokens;
    }

    /** Numbers count up from 0 in order of creation; one is never used twice in a run. */
    public int id() {
        return id;
    }

    /** The template as people read it, with {@code <*>} for each value. */
    public String text() {
        if (text == null) {
            text = name != null ? name : printed();
        }
        return text;
    }

    public Level level() {
        return level;
    }

    /** 1 for templates of errors, else 0. */
    public int lane() {
        return lane;
    }

    /** Lines of this template and of all that were folded into it. */
    public long totalCount() {
        long sum = count;
        for (Template t : absorbed) {
            sum += t.totalCount();
        }
        return sum;
    }

    public long totalEvents() {
        long sum = events;
        for (Template t : absorbed) {
            sum += t.totalEvents();
        }
        return sum;
    }

    /** Offset of the record that last changed the text, or created it. */
    public long changedOffset() {
        return changedOffset;
    }

    /** The start of the first line. */
    public byte[] sample() {
        return sample.clone();
    }

    /** Texts it had before, oldest first; only the last few are kept. */
    public List<String> versions() {
        return List.copyOf(versions);
    }

    /** Id of the template this one was folded into, or -1. */
    public int mergedInto() {
        return mergedInto;
    }

    public boolean evicted() {
        return evicted;
    }

    /** Whether this is where lines are counted that found no room. */
    public boolean overflow() {
        return overflow;
    }

    /** Whether it is not made of a line's words. */
    boolean unmined() {
        return overflow || declared != null;
    }

    /** The name the user declared for it. */
    public @Nullable String name() {
        return name;
    }

    /** The values at each hole of the text, in order, then the named fields of structured lines. */
    public List<Slot> slots() {
        List<Slot> slots = new ArrayList<>();
        for (Token t : tokens) {
            for (Slot s : t.slots()) {
                if (slots.size() < MAX_SLOTS) {
                    slots.add(s);
                }
            }
        }
        if (fields != null) {
            slots.addAll(fields.slots());
        }
        return slots;
    }

    /** Its named slots, made when first asked for. */
    NamedSlots named() {
        NamedSlots made = fields;
        if (made == null) {
            made = new NamedSlots();
            fields = made;
        }
        return made;
    }

    public boolean live() {
        return mergedInto < 0 && !evicted;
    }

    /** The same for the same message in another run, whatever the order of lines there: a hash of lane and text. */
    public long fingerprint() {
        if (fingerprint == 0) {
            fingerprint = Bytes.finish(lane + 1 + Bytes.hash(text().replaceAll("\\s+", " ")));
        }
        return fingerprint;
    }

    /** A copy of its tokens that takes their summaries with it. */
    Token[] handOver() {
        Token[] copy = new Token[tokens.length];
        for (int i = 0; i < copy.length; i++) {
            copy[i] = tokens[i].handOver();
        }
        return copy;
    }

    /** Takes in what folded templates knew of their values, and the words that have just become values. */
    void absorbSlots(Token[] before, List<Template> folded) {
        for (int p = 0; p < before.length; p++) {
            tokens[p].absorbSlots(before[p], count);
            for (Template t : folded) {
                tokens[p].absorbSlots(t.tokens[p], t.count);
            }
        }
        for (Template t : folded) {
            if (t.fields != null && fields == null) {
                fields = t.fields;
            } else if (t.fields != null && fields != null) {
                fields.absorb(t.fields);
            }
        }
    }

    void textChanged(String old) {
        if (versions.size() == MAX_VERSIONS) {
            versions.remove(0);
        }
        versions.add(old.length() <= LONGEST_VERSION ? old : old.substring(0, LONGEST_VERSION) + "\u2026");
        forgetText();
    }

    void forgetText() {
        text = null;
        fingerprint = 0;
    }

    private String printed() {
        StringBuilder out = new StringBuilder();
        for (Token t : tokens) {
            out.append(t.anyGap ? " " : t.gap);
            Token.print(t.text, out);
        }
        return Bytes.readable(out.toString());
    }

    @Override
    public String toString() {
        return id + " " + text();
    }
}
