package dev.weir.drain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * The templates of one run, learnt from its lines as they come. Confined to one thread.
 *
 * <p>A line whose shape is known costs one pass over its bytes and one look-up, and allocates nothing. All state that
 * decides anything can be written as rows ({@link #rows}) and read back; a miner rebuilt from its rows goes on
 * exactly as the original would have.
 */
public final class Miner {
    /** The time of a line that has none. */
    public static final long NO_TIME = Long.MIN_VALUE;

    private final MinerSettings settings;
    private final Header header;
    private final Cleaner cleaner;
    private final Fields fields;
    private final Json json;
    private final Logfmt logfmt;
    private final Catalogue catalogue;
    private final Messages messages;
    private final Map<String, Source> sources = new LinkedHashMap<>();
    private final List<Template> touched = new ArrayList<>();
    private final MinerRows rows;

    private boolean firstOfEvent;
    private Level level = Level.UNKNOWN;
    private long eventTime = NO_TIME;
    private @Nullable Slot surprised;

    /** One byte stream of the run, with what its lines have taught: the header they share, the event that is open. */
    public static final class Source {
        final String name;
        final Learner learner = new Learner();
        final Event event = new Event();
        boolean touched;

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
        this(settings, new Workbench(settings));
    }

    /** @param shared used if it suits these settings */
    public Miner(MinerSettings settings, Workbench shared) {
        Workbench bench = shared.suits(settings) ? shared : new Workbench(settings);
        this.settings = settings;
        this.header = bench.header;
        this.cleaner = bench.cleaner;
        this.fields = bench.fields;
        this.json = bench.json;
        this.logfmt = bench.logfmt;
        this.catalogue = new Catalogue(settings, bench.hash);
        this.messages = new Messages(settings, bench, catalogue);
        this.rows = new MinerRows(this, catalogue, touched, sources.values());
    }

    public Source source(String name) {
        return sources.computeIfAbsent(name, Source::new);
    }

    /** All that decides anything, as rows. */
    public MinerRows rows() {
        return rows;
    }

    /** Mines one line, without its line end, and returns the id of its template. */
    public int mine(Source source, byte[] line, int from, int length, long offset, int index) {
        return mine(source, line, from, length, offset, index, Level.UNKNOWN, NO_TIME);
    }

    /**
     * Mines one line whose level and time somebody else may know. The time, or else the arrival's, also tells which year
     * a timestamp without one means.
     */
    public int mine(
            Source source,
            byte[] line,
            int from,
            int length,
            long offset,
            int index,
            Level knownLevel,
            long knownTime) {
        int to = from + length;
        while (to > from && line[to - 1] == '\r') {
            to--;
        }
        source.touched = true;
        int id = mine(source, line, from, to, offset, index, knownLevel, knownTime, true);
        if (id < 0) {
            int cleaned = cleaner.clean(line, from, to, settings.maxBytes());
            id = mine(source, cleaner.buffer, 0, cleaned, offset, index, knownLevel, knownTime, false);
        }
        return id;
    }

    /** Mines a line, or returns -1 having changed nothing, if it turns out that it needs cleaning first. */
    private int mine(
            Source source,
            byte[] b,
            int start,
            int to,
            long offset,
            int index,
            Level knownLevel,
            long knownTime,
            boolean watch) {
        surprised = null;
        level = knownLevel;
        eventTime = knownTime;
        int message = start;
        boolean headed = false;
        if (watch && start < to && (b[start] <= ' ' || b[start] == '{') && Cleaner.dirty(b, start, to)) {
            return -1;
        }
        if (settings.header()) {
            message = header.cut(source.learner, b, start, to, knownTime);
            if (watch && Cleaner.dirty(b, start, message)) {
                return -1;
            }
            headed = header.found;
            level = level == Level.UNKNOWN ? header.level : level;
            eventTime = header.time == NO_TIME ? eventTime : header.time;
            if (!headed && source.event.first != null) {
                if (watch && Cleaner.dirty(b, start, to)) {
                    return -1;
                }
                boolean rewritten = !watch && cleaner.rewritten;
                Template open = !rewritten && source.event.takes(b, start, to) ? open(source.event) : null;
                if (open != null) {
                    catalogue.unchanged();
                    level = source.event.level;
                    firstOfEvent = false;
                    count(open, false, offset, index);
                    cause(open, source.event.cause, b, to);
                    return open.id;
                }
                if (source.event.heads(b, start, to)) {
                    headed = true;
                    level = source.event.level;
                }
            }
        }
        firstOfEvent = true;
        Template t = messages.like(b, message, to, level);
        if (t == null) {
            t = structured(b, message, to, knownTime)
                    ? messages.of(fields.text, fields.messageFrom, fields.messageTo, level, fields, false)
                    : messages.of(b, message, to, level, null, watch);
        }
        if (t == null) {
            return -1;
        }
        level = messages.level;
        surprised = messages.surprised;
        if (count(t, true, offset, index)) {
            catalogue.roster.soil(t);
        }
        if (header.origin.count > 0 && settings.slots() && settings.header()) {
            t.named().observe(header.origin, b);
        }
        if (t.count == 1) {
            sample(t, b, start, to);
        }
        if (catalogue.change != Change.NOTHING) {
            t.changedOffset = offset;
        }
        for (int i = 0; i < catalogue.elsewhere.size(); i++) {
            catalogue.elsewhere.get(i).changedOffset = offset;
        }
        if (settings.header()) {
            int indent = Event.indentOf(b, message, to);
            if (message + indent < to) {
                source.event.open(t, level, messages.announces, headed ? 0 : indent, headed);
            } else {
                source.event.close();
            }
        }
        return t.id;
    }

    /** Whether the message is JSON or logfmt; then its fields have been read. */
    private boolean structured(byte[] b, int from, int to, long around) {
        if (from >= to) {
            return false;
        }
        boolean is = switch (settings.format()) {
            case AUTO ->
                b[from] == '{'
                        ? json.read(b, from, to, around)
                        : Logfmt.likely(b, from, to) && logfmt.read(b, from, to, around);
            case TEXT -> false;
            case JSON -> b[from] == '{' && json.read(b, from, to, around);
            case LOGFMT -> b[from] != '{' && logfmt.read(b, from, to, around);
        };
        if (is) {
            level = fields.level == Level.UNKNOWN ? level : fields.level;
            eventTime = fields.time == NO_TIME ? eventTime : fields.time;
        }
        return is;
    }

    private void cause(Template t, int from, byte[] b, int to) {
        int end = from < 0 ? from : Frames.nameEnd(b, from, to);
        if (end > from && settings.slots()) {
            surprised = t.named().cause(b, from, end);
        }
    }

    private boolean count(Template t, boolean first, long offset, int index) {
        if (!t.touched) {
            t.touched = true;
            touched.add(t);
        }
        return t.count(first, offset, index);
    }

    private static void sample(Template t, byte[] b, int from, int to) {
        int length = Math.min(to - from, Template.MAX_SAMPLE);
        t.sample = Arrays.copyOfRange(b, from, from + length);
    }

    /** What the open event's template has become; null if it is gone, and the event with it. */
    private @Nullable Template open(Event event) {
        Template t = event.first;
        while (t != null && t.mergedInto >= 0) {
            t = catalogue.roster.get(t.mergedInto);
        }
        event.first = t != null && t.live() ? t : null;
        return event.first;
    }

    /** What the last line changed of its own template. */
    public Change change() {
        return catalogue.change;
    }

    /** The text the last line's template had, if the line changed it. */
    public @Nullable String oldText() {
        return catalogue.oldText;
    }

    /** How many templates the last line folded into others, its own or those {@link #elsewhere}. */
    public int absorbedCount() {
        return catalogue.absorbed.size();
    }

    /** One of them; {@link #resolve} tells which it is part of now. */
    public Template absorbed(int i) {
        return catalogue.absorbed.get(i);
    }

    /** How many templates other than its own the last line made more general: it taught that words of theirs are values. */
    public int elsewhereCount() {
        return catalogue.elsewhere.size();
    }

    public Template elsewhere(int i) {
        return catalogue.elsewhere.get(i);
    }

    /** A slot of the last line's template that had few values and has just seen another; else null. */
    public @Nullable Slot surprise() {
        return surprised;
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
        Template t = catalogue.roster.get(id);
        if (t == null) {
            throw new NoSuchElementException(
                    "No template " + id + ": ids go from 0 to " + (catalogue.roster.size() - 1));
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
        for (int i = 0; i < catalogue.roster.size(); i++) {
            Template t = catalogue.roster.get(i);
            if (t != null && t.live()) {
                live.add(t);
            }
        }
        return live;
    }

    /** How many templates count against the cap. */
    public int liveCount() {
        return catalogue.roster.live();
    }

    /** The id the next template will have. */
    public int nextId() {
        return catalogue.roster.size();
    }

    /** Makes room. The shape gets a new id should it return. */
    public void evict(int id) {
        catalogue.evict(template(id));
    }
}
