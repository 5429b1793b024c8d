package dev.weir.drain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The templates of one run, learnt from its lines as they come. Confined to one thread.
 *
 * <p>A line whose shape is known costs one pass over its bytes and one look-up, and allocates nothing.
 */
public final class Miner {
    /** The time of a line that has none. */
    public static final long NO_TIME = Long.MIN_VALUE;

    private final MinerSettings settings;
    private final Header header = new Header();
    private final Lexer lexer;
    private final Marked marked = new Marked();
    private final Normaliser normaliser;
    private final Catalogue catalogue;
    private final Shapes shapes;
    private final Map<String, Source> sources = new LinkedHashMap<>();
    private final List<Template> touched = new ArrayList<>();

    private boolean firstOfEvent;
    private Level level = Level.UNKNOWN;
    private long eventTime = NO_TIME;

    /** One byte stream of the run, with what its lines have taught: the header they share, the event that is open. */
    public static final class Source {
        final String name;
        final Learner learner = new Learner();

        Source(String name) {
            this.name = name;
        }

        public String name() {
            return name;
        }
    }

    public Miner() {
        this(MinerSettings.DEFAULTS);
    }

    public Miner(MinerSettings settings) {
        this.settings = settings;
        this.lexer = new Lexer(settings.maxBytes(), settings.maxTokens() * 6);
        this.normaliser = new Normaliser(lexer, marked, settings.maxTokens());
        this.catalogue = new Catalogue(settings);
        this.shapes = new Shapes(settings.maxShapes());
    }

    public Source source(String name) {
        return sources.computeIfAbsent(name, Source::new);
    }

    /** Mines one line, without its line end, and returns the id of its template. */
    public int mine(Source source, byte[] line, int from, int length, long offset, int index) {
        return mine(source, line, from, length, offset, index, Level.UNKNOWN, NO_TIME);
    }

    /** Mines one line whose level and time somebody else may know already. */
    public int mine(
            Source source,
            byte[] line,
            int from,
            int length,
            long offset,
            int index,
            Level knownLevel,
            long knownTime) {
        level = knownLevel;
        eventTime = knownTime;
        firstOfEvent = true;
        int end = from + length;
        int start = from;
        if (settings.header()) {
            start = header.cut(source.learner, line, from, end, knownTime);
            level = level == Level.UNKNOWN ? header.level : level;
            eventTime = header.time == NO_TIME ? eventTime : header.time;
        }
        lexer.lex(line, start, end, false);
        long shape = lexer.shape + level.lane();
        Shapes.Entry entry = shapes.get(shape);
        Template t;
        if (entry != null && entry.valid()) {
            catalogue.unchanged();
            t = entry.template;
        } else {
            lexer.lex(line, start, end, true);
            t = catalogue.place(normaliser.tokens(line, start), level);
            if (!t.overflow) {
                shapes.put(shape, new Shapes.Entry(t, catalogue.structure));
            }
        }
        t.count++;
        t.events++;
        t.lastOffset = offset;
        t.lastIndex = index;
        if (!t.touched) {
            t.touched = true;
            touched.add(t);
        }
        return t.id;
    }

    /** What the last line changed. */
    public Change change() {
        return catalogue.change;
    }

    /** The text the last line's template had, if the line changed it. */
    public @Nullable String oldText() {
        return catalogue.oldText;
    }

    /** How many templates the last line folded into its own. */
    public int absorbedCount() {
        return catalogue.absorbed.size();
    }

    public Template absorbed(int i) {
        return catalogue.absorbed.get(i);
    }

    /** Whether the last line began an event; false for a continuation. */
    public boolean firstOfEvent() {
        return firstOfEvent;
    }

    public Level level() {
        return level;
    }

    /** The last line's own time in milliseconds since 1970, or {@link #NO_TIME}. */
    public long eventTime() {
        return eventTime;
    }

    /** The template with this id, alive or not. */
    public Template template(int id) {
        Template t = catalogue.get(id);
        if (t == null) {
            throw new NoSuchElementException("No template " + id + ": ids go from 0 to " + (catalogue.size() - 1));
        }
        return t;
    }

    /** The template this one is part of now: itself, or what it was folded into. */
    public int resolve(int id) {
        Template t = template(id);
        while (t.mergedInto >= 0) {
            t = template(t.mergedInto);
        }
        return t.id;
    }

    /** Live templates in order of creation. */
    public List<Template> templates() {
        List<Template> live = new ArrayList<>();
        for (int i = 0; i < catalogue.size(); i++) {
            Template t = catalogue.get(i);
            if (t != null && t.live()) {
                live.add(t);
            }
        }
        return live;
    }

    /** How many templates count against the cap. */
    public int liveCount() {
        return catalogue.live();
    }

    /** Makes room. The shape gets a new id should it return. */
    public void evict(int id) {
        catalogue.evict(template(id));
    }

    /** Hands over every row that changed since the last call. */
    public void drainDirty(Rows rows) {
        for (Template t : touched) {
            t.touched = false;
            rows.tally(t);
        }
        touched.clear();
    }

    /** The row of a template's slot summaries, at most 4 kB; write it now and then. */
    public byte[] slotsRow(int id) {
        return new byte[0];
    }

    /** Templates whose slot summaries changed since their row was last taken. */
    public void dirtySlots(Consumer<Template> visitor) {}

    /** Restores in this order: templates by id, then the rest in any order. */
    public void restoreTemplate(byte[] row) {}

    public void restoreTally(int id, long count, long events, long lastOffset, int lastIndex) {
        Template t = template(id);
        t.count = count;
        t.events = events;
        t.lastOffset = lastOffset;
        t.lastIndex = lastIndex;
    }

    public void restoreSource(byte[] row) {}

    public void restoreSlots(int id, byte[] row) {}
}
