package dev.weir.drain;

import static dev.weir.drain.Event.Kind.BOX;
import static dev.weir.drain.Event.Kind.DOCUMENT;
import static dev.weir.drain.Event.Kind.DOTNET;
import static dev.weir.drain.Event.Kind.GO;
import static dev.weir.drain.Event.Kind.NONE;
import static dev.weir.drain.Event.Kind.PYTHON;
import static dev.weir.drain.Event.Kind.RUST;
import static dev.weir.drain.Event.Kind.TRACE;

import org.jspecify.annotations.Nullable;

/**
 * The event a source has open: its first line's template, and what a next line must look like to belong to it. Stack
 * traces of the usual languages, code frames and deeper indented lines do. An event is bounded, so that a table or a file
 * listing breaks into several rather than being swallowed whole.
 */
final class Event {
    /** Lines of one event: of a stack trace, and of anything that is merely indented. */
    static final int MOST_TRACE = 1024;

    static final int MOST_INDENTED = 64;
    /** Indented lines below one that has neither header nor level: more are a report, whose rows speak for themselves. */
    static final int MOST_WRAPPED = 3;

    /** What a first line announces. */
    enum Kind {
        NONE,
        TRACE,
        PYTHON,
        GO,
        RUST,
        /** A head whose message stands on the indented line below it. */
        DOTNET,
        /** A message in a frame of box-drawing characters. */
        BOX,
        /** A YAML document, which three dashes begin. */
        DOCUMENT;

        private static final Kind[] ALL = values();
    }

    @Nullable
    Template first;

    Level level = Level.UNKNOWN;
    int lines;
    int indent;
    /** Lines since the last stack frame: many of them make a listing, whatever came before. */
    int unframed;

    Kind kind = NONE;
    boolean headed;
    /** Whether the last line was indented. */
    private boolean inside;

    /** Whether the line just looked at says that another trace follows. */
    private boolean more;

    /** Where the line just looked at names an exception, or -1. */
    int cause = -1;

    /** Opens an event with a line that belongs to none before. */
    void open(Template template, Level of, Kind announced, int indented, boolean hasHeader) {
        first = template;
        level = of;
        lines = 1;
        headed = hasHeader;
        indent = indented;
        unframed = 0;
        kind = announced;
        inside = false;
    }

    /** Nothing can follow on a line that is blank. */
    void close() {
        first = null;
    }

    /** Whether the line, which has no header, goes on with the open event. */
    boolean takes(byte[] b, int from, int to) {
        cause = -1;
        if (first == null || lines >= MOST_TRACE) {
            return false;
        }
        int in = indentOf(b, from, to);
        int p = from + in;
        if (p == to) {
            boolean within = kind == GO || kind == TRACE || kind != NONE && kind != DOTNET && kind != BOX && lines > 1;
            lines += within ? 1 : 0;
            return within;
        }
        boolean taken = in > 0 ? indented(b, p, to, in) : flush(b, p, to);
        if (taken) {
            lines++;
            inside = in > 0 || more;
            more = false;
        }
        return taken;
    }

    /** Whether the line has its message from the head above it, and its level too. */
    boolean heads(byte[] b, int from, int to) {
        int in = kind == DOTNET && first != null && lines == 1 ? indentOf(b, from, to) : 0;
        return in > 0 && from + in < to;
    }

    private boolean indented(byte[] b, int p, int to, int in) {
        if (kind == DOTNET || in < indent) {
            return false;
        }
        if (kind == DOCUMENT) {
            return ++unframed < MOST_INDENTED && Wording.of(b, p, to).compareTo(Level.ERROR) < 0;
        }
        if (Frames.frame(b, p, to)) {
            kind = kind == NONE ? (starts(b, p, to, "File \"") ? PYTHON : TRACE) : kind;
            unframed = 0;
            cause = Frames.caused(b, p, to);
            return true;
        }
        if (kind != NONE && kind != BOX) {
            return ++unframed < MOST_INDENTED;
        }
        // One column more is not deeper: tools that align their verbs to the right differ by as much.
        boolean deeper = in >= indent + 2 || in > indent && b[p - 1] == '\t';
        if (!deeper || ++unframed >= MOST_INDENTED) {
            return false;
        }
        if (level.compareTo(Level.ERROR) >= 0) {
            return true;
        }
        boolean plain = !headed && level.compareTo(Level.WARN) < 0;
        Level own = Wording.of(b, p, to);
        return plain ? lines <= MOST_WRAPPED && own == Level.UNKNOWN : own.compareTo(Level.ERROR) < 0;
    }

    /** A line that is not indented belongs to a trace only if it says so. */
    private boolean flush(byte[] b, int p, int to) {
        int caused = Frames.caused(b, p, to);
        if (caused >= 0) {
            kind = TRACE;
            cause = caused;
            return true;
        }
        if (level.compareTo(Level.WARN) >= 0 && Frames.code(b, p, to)) {
            return true;
        }
        switch (kind) {
            case PYTHON:
                // What follows the frames is the exception, whatever it is called.
                if (lines > 1 && (inside || Frames.exception(b, p, to))) {
                    cause = p;
                    return true;
                }
                more = starts(b, p, to, "During handling of the above exception")
                        || starts(b, p, to, "The above exception was the direct cause");
                return more;
            case GO:
                return starts(b, p, to, "goroutine ")
                        || starts(b, p, to, "created by ")
                        || starts(b, p, to, "[signal ")
                        || starts(b, p, to, "exit status ")
                        || b[to - 1] == ')' && Frames.call(b, p, to);
            case RUST:
                return lines == 1 || starts(b, p, to, "stack backtrace:") || starts(b, p, to, "note: ");
            case BOX:
                return Frames.box(b, p, to);
            case DOCUMENT:
                unframed = 0;
                return Document.entry(b, p, to) && Wording.of(b, p, to).compareTo(Level.WARN) < 0;
            case TRACE:
                if (starts(b, p, to, "at ") && b[to - 1] == ')'
                        || starts(b, p, to, "note: run with ")
                        || inside && to - p == 1 && b[p] == '}') {
                    return true;
                }
                break;
            default:
                break;
        }
        boolean traceback = level.compareTo(Level.ERROR) >= 0 && starts(b, p, to, "Traceback (most recent call last)");
        if (headed && (traceback || Frames.exception(b, p, to))) {
            kind = traceback ? PYTHON : TRACE;
            cause = traceback ? -1 : p;
            return true;
        }
        return level.compareTo(Level.ERROR) >= 0 && Frames.numbered(b, p, to);
    }

    static int indentOf(byte[] b, int from, int to) {
        int i = from;
        while (i < to && (b[i] == ' ' || b[i] == '\t')) {
            i++;
        }
        return i - from;
    }

    static boolean starts(byte[] b, int p, int to, String with) {
        int n = with.length();
        if (to - p < n || b[p] != with.charAt(0)) {
            return false;
        }
        for (int i = 1; i < n; i++) {
            if (b[p + i] != with.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    void write(RowWriter out) {
        out.number(first == null ? -1 : first.id)
                .number(level.ordinal())
                .number(lines)
                .number(indent)
                .number(unframed);
        out.number(kind.ordinal()).number(headed ? 1 : 0).number(inside ? 1 : 0);
    }

    void read(RowReader in, Catalogue catalogue) {
        int id = in.number(-1, Integer.MAX_VALUE);
        first = id < 0 ? null : catalogue.roster.get(id);
        level = Level.at(in.number(0, Level.values().length - 1));
        lines = in.number(0, MOST_TRACE);
        indent = in.number(0, Integer.MAX_VALUE);
        unframed = in.number(0, MOST_INDENTED);
        kind = Kind.ALL[in.number(0, Kind.ALL.length - 1)];
        headed = in.number(0, 1) == 1;
        inside = in.number(0, 1) == 1;
    }
}
