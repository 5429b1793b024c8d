package dev.weir.drain;

import static dev.weir.drain.Bytes.digit;
import static dev.weir.drain.Bytes.letter;
import static dev.weir.drain.Event.starts;

/** What the lines of stack traces and code frames look like, in Java, .NET, Node, Python, Ruby, Rust and Go. */
final class Frames {
    private Frames() {}

    /** What kind of trace a first line announces. */
    static Event.Kind opening(byte[] b, int from, int to) {
        if (starts(b, from, to, "Traceback (most recent call last)")
                || starts(b, from, to, "+ Exception Group Traceback (most")) {
            return Event.Kind.PYTHON;
        }
        if (starts(b, from, to, "panic: ")
                || starts(b, from, to, "goroutine ") && to > from && b[to - 1] == ':'
                || starts(b, from, to, "fatal error: ")) {
            return Event.Kind.GO;
        }
        if (starts(b, from, to, "thread '") && contains(b, from, to, "panicked at") && b[to - 1] == ':') {
            return Event.Kind.RUST;
        }
        if (box(b, from, to) && !table(b, from + 3, to) && Wording.of(b, from, to) != Level.UNKNOWN) {
            return Event.Kind.BOX;
        }
        if (category(b, from, to)) {
            return Event.Kind.DOTNET;
        }
        if (Document.begins(b, from, to)) {
            return Event.Kind.DOCUMENT;
        }
        return exception(b, from, to)
                        || starts(b, from, to, "Exception in thread ")
                        || starts(b, from, to, "stack backtrace:")
                        || starts(b, from, to, "thread '") && contains(b, from, to, "panicked at")
                        || starts(b, from, to, "Unhandled exception")
                        || starts(b, from, to, "Uncaught ")
                ? Event.Kind.TRACE
                : Event.Kind.NONE;
    }

    /** The level a line has for announcing a trace. */
    static Level levelOf(Event.Kind kind) {
        switch (kind) {
            case GO:
                return Level.FATAL;
            case TRACE:
            case PYTHON:
            case RUST:
                return Level.ERROR;
            default:
                return Level.UNKNOWN;
        }
    }

    /** A stack frame. */
    static boolean frame(byte[] b, int p, int to) {
        if (starts(b, p, to, "at ")
                || starts(b, p, to, "File \"")
                || starts(b, p, to, "from ")
                || starts(b, p, to, "... ")
                || starts(b, p, to, "--- ")
                || caused(b, p, to) >= 0) {
            return true;
        }
        int i = p;
        while (i < to && digit(b[i])) {
            i++;
        }
        return i > p && i + 1 < to && b[i] == ':' && b[i + 1] == ' ';
    }

    /** Where the exception is named that another one comes from, or came with; -1 where none is. */
    static int caused(byte[] b, int p, int to) {
        if (starts(b, p, to, "Caused by: ")) {
            return p + 11;
        }
        if (starts(b, p, to, "Suppressed: ")) {
            return p + 12;
        }
        return starts(b, p, to, "---> ") ? p + 5 : -1;
    }

    /** The end of the exception's name that begins at {@code p}. */
    static int nameEnd(byte[] b, int p, int to) {
        int i = p;
        while (i < to && (letter(b[i]) || digit(b[i]) || b[i] == '.' || b[i] == '$' || b[i] == '_')) {
            i++;
        }
        return i;
    }

    /** {@code #0 /srv/a.php(3): run()}, and the line that announces such frames. */
    static boolean numbered(byte[] b, int p, int to) {
        return p + 2 < to && b[p] == '#' && digit(b[p + 1]) || starts(b, p, to, "Stack trace:");
    }

    /** A line of source in a compiler's message: {@code 88 | let port = 1;} or {@code > 12 | total();}. */
    static boolean code(byte[] b, int p, int to) {
        int i = p;
        if (b[i] == '>' && i + 1 < to && b[i + 1] == ' ') {
            i += 2;
            while (i < to && b[i] == ' ') {
                i++;
            }
        }
        int digits = i;
        while (i < to && digit(b[i])) {
            i++;
        }
        if (i == digits) {
            return false;
        }
        while (i < to && b[i] == ' ') {
            i++;
        }
        return i < to && b[i] == '|' && (i + 1 == to || b[i + 1] == ' ');
    }

    /** A line that begins with a box-drawing character: a side of the frame, or its end. */
    static boolean box(byte[] b, int p, int to) {
        return p + 2 < to
                && (b[p] & 255) == 0xE2
                && ((b[p + 1] & 255) == 0x94 || (b[p + 1] & 255) == 0x95)
                && (p + 3 == to || b[p + 3] == ' ' || (b[p + 3] & 255) == 0xE2);
    }

    /** Whether there are more bars in the line: then it is a row of a table, not a frame around a message. */
    private static boolean table(byte[] b, int from, int to) {
        for (int i = from; i + 2 < to; i++) {
            if (box(b, i, to)) {
                return true;
            }
        }
        return false;
    }

    /** {@code package.SomeException} or {@code ValueError}, at the line's end or before a colon. */
    static boolean exception(byte[] b, int p, int to) {
        int i = nameEnd(b, p, to);
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
    static boolean call(byte[] b, int p, int to) {
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

    /** {@code info: Some.Category[14]} and nothing more. */
    private static boolean category(byte[] b, int p, int to) {
        if (to - p < 8 || b[to - 1] != ']' || b[p + 4] != ':' || b[p + 5] != ' ') {
            return false;
        }
        int i = p + 6;
        while (i < to && !Bytes.space(b[i])) {
            i++;
        }
        return i == to && Levels.of(b, p, p + 4) != Level.UNKNOWN;
    }

    private static boolean contains(byte[] b, int from, int to, String what) {
        for (int i = from; i + what.length() <= to; i++) {
            if (starts(b, i, to, what)) {
                return true;
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

    private static boolean ends(byte[] b, int p, int e, String with) {
        return e - p > with.length() && starts(b, e - with.length(), e, with);
    }
}
