package dev.weir.drain;

import static dev.weir.drain.Bytes.digit;
import static dev.weir.drain.Bytes.letter;

import org.jspecify.annotations.Nullable;

/**
 * The event a source has open: its first line's template, and what a next line must look like to belong to it. Stack
 * traces of the usual languages and deeper indented lines do. An event is bounded, so that a table or a file listing
 * breaks into several rather than being swallowed whole.
 */
final class Event {
    /** Lines of one event: of a stack trace, and of anything that is merely indented. */
    static final int MOST_TRACE = 1024;

    static final int MOST_INDENTED = 64;

    static final byte NONE = 0;
    private static final byte TRACE = 1;
    private static final byte PYTHON = 2;
    private static final byte GO = 3;
    private static final byte RUST = 4;

    @Nullable
    Template first;

    Level level = Level.UNKNOWN;
    int lines;
    int indent;
    /** Lines since the last stack frame: many of them make a listing, whatever came before. */
    int unframed;

    byte kind;
    boolean headed;

    /** Opens an event with a line that belongs to none before. */
    void open(Template template, Level of, byte announced, int indented, boolean hasHeader) {
        first = template;
        level = of;
        lines = 1;
        headed = hasHeader;
        indent = indented;
        unframed = 0;
        kind = announced;
    }

    /** What kind of trace a first line announces. */
    static byte opening(byte[] b, int from, int to) {
        if (starts(b, from, to, "Traceback (most recent call last)")) {
            return PYTHON;
        }
        if (starts(b, from, to, "panic: ")
                || starts(b, from, to, "goroutine ")
                || starts(b, from, to, "fatal error: ")) {
            return GO;
        }
        if (starts(b, from, to, "thread '") || starts(b, from, to, "stack backtrace:")) {
            return RUST;
        }
        return exception(b, from, to) || starts(b, from, to, "Exception in thread ") ? TRACE : NONE;
    }

    /** The level a line has for announcing a trace. */
    static Level levelOf(byte kind) {
        if (kind == GO) {
            return Level.FATAL;
        }
        return kind == NONE ? Level.UNKNOWN : Level.ERROR;
    }

    /** Whether the line, which has no header, goes on with the open event. */
    boolean takes(byte[] b, int from, int to) {
        if (first == null || lines >= MOST_TRACE) {
            return false;
        }
        int in = indentOf(b, from, to);
        int p = from + in;
        if (p == to) {
            boolean inside = kind == GO || kind != NONE && lines > 1;
            lines += inside ? 1 : 0;
            return inside;
        }
        boolean taken = in > 0 ? indented(b, p, to, in) : flush(b, p, to);
        if (taken) {
            lines++;
        }
        return taken;
    }

    private boolean indented(byte[] b, int p, int to, int in) {
        if (frame(b, p, to)) {
            kind = kind == NONE ? (starts(b, p, to, "File \"") ? PYTHON : TRACE) : kind;
            unframed = 0;
            return true;
        }
        // One column more is not deeper: tools that align their verbs to the right differ by as much.
        boolean deeper = in >= indent + 2 || in > indent && b[p - 1] == '\t';
        return (kind != NONE || deeper) && ++unframed < MOST_INDENTED;
    }

    /** A line that is not indented belongs to a trace only if it says so. */
    private boolean flush(byte[] b, int p, int to) {
        if (starts(b, p, to, "Caused by: ") || starts(b, p, to, "Suppressed: ")) {
            kind = TRACE;
            return true;
        }
        if (kind == PYTHON) {
            return lines > 1 && exception(b, p, to)
                    || starts(b, p, to, "Traceback (most recent call last)")
                    || starts(b, p, to, "During handling of the above exception")
                    || starts(b, p, to, "The above exception was the direct cause");
        }
        if (kind == GO) {
            return starts(b, p, to, "goroutine ")
                    || starts(b, p, to, "created by ")
                    || starts(b, p, to, "[signal ")
                    || starts(b, p, to, "exit status ")
                    || b[to - 1] == ')' && call(b, p, to);
        }
        if (kind == RUST) {
            return starts(b, p, to, "stack backtrace:") || starts(b, p, to, "note: ");
        }
        if (headed && (exception(b, p, to) || starts(b, p, to, "Traceback (most recent call last)"))) {
            kind = b[p] == 'T' && b[p + 1] == 'r' ? PYTHON : TRACE;
            return true;
        }
        return false;
    }

    /** A stack frame in Java, .NET, Node, Python, Ruby, Rust or Go. */
    private static boolean frame(byte[] b, int p, int to) {
        if (starts(b, p, to, "at ")
                || starts(b, p, to, "File \"")
                || starts(b, p, to, "from ")
                || starts(b, p, to, "... ")
                || starts(b, p, to, "--- ")
                || starts(b, p, to, "Caused by: ")
                || starts(b, p, to, "Suppressed: ")) {
            return true;
        }
        int i = p;
        while (i < to && digit(b[i])) {
            i++;
        }
        return i > p && i + 1 < to && b[i] == ':' && b[i + 1] == ' ';
    }

    /** {@code package.SomeException} or {@code ValueError}, at the line's end or before a colon. */
    static boolean exception(byte[] b, int p, int to) {
        int i = p;
        while (i < to && (letter(b[i]) || digit(b[i]) || b[i] == '.' || b[i] == '$' || b[i] == '_')) {
            i++;
        }
        if (i - p < 5 || i < to && b[i] != ':') {
            return false;
        }
        return ends(b, p, i, "Exception")
                || ends(b, p, i, "Error")
                || ends(b, p, i, "Throwable")
                || ends(b, p, i, "Interrupt")
                || ends(b, p, i, "Failure") && dotted(b, p, i);
    }

    /** {@code main.run(0x1, 0x2)}. */
    private static boolean call(byte[] b, int p, int to) {
        for (int i = p; i < to; i++) {
            if (b[i] == '(') {
                return i > p;
            }
            if (Bytes.space(b[i])) {
                return false;
            }
        }
        return false;
    }

    private static boolean dotted(byte[] b, int p, int e) {
        for (int i = p; i < e; i++) {
            if (b[i] == '.') {
                return true;
            }
        }
        return false;
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

    private static boolean ends(byte[] b, int p, int e, String with) {
        return e - p > with.length() && starts(b, e - with.length(), e, with);
    }

    void write(RowWriter out) {
        out.number(first == null ? -1 : first.id)
                .number(level.ordinal())
                .number(lines)
                .number(indent)
                .number(unframed);
        out.number(kind).number(headed ? 1 : 0);
    }

    void read(RowReader in, Catalogue catalogue) {
        int id = in.number(-1, Integer.MAX_VALUE);
        first = id < 0 ? null : catalogue.get(id);
        level = Level.at(in.number(0, Level.values().length - 1));
        lines = in.number(0, MOST_TRACE);
        indent = in.number(0, Integer.MAX_VALUE);
        unframed = in.number(0, MOST_INDENTED);
        kind = (byte) in.number(NONE, RUST);
        headed = in.number(0, 1) == 1;
    }
}
