package dev.weir.drain;

/** The usual spellings of a level. */
final class Levels {
    private Levels() {}

    /** The level a word names, whatever its case, or UNKNOWN. */
    static Level of(byte[] b, int from, int to) {
        int n = to - from;
        if (n < 3 || n > 9) {
            return Level.UNKNOWN;
        }
        switch (b[from] | 32) {
            case 'i':
                return is(b, from, n, "info") || is(b, from, n, "information") || is(b, from, n, "inf")
                        ? Level.INFO
                        : Level.UNKNOWN;
            case 'w':
                return is(b, from, n, "warn") || is(b, from, n, "warning") || is(b, from, n, "wrn")
                        ? Level.WARN
                        : Level.UNKNOWN;
            case 'e':
                if (is(b, from, n, "emerg") || is(b, from, n, "emergency")) {
                    return Level.FATAL;
                }
                return is(b, from, n, "error") || is(b, from, n, "err") || is(b, from, n, "eror")
                        ? Level.ERROR
                        : Level.UNKNOWN;
            case 'd':
                return is(b, from, n, "dpanic")
                        ? Level.FATAL
                        : is(b, from, n, "debug")
                                        || is(b, from, n, "dbg")
                                        || is(b, from, n, "debu")
                                        || is(b, from, n, "dbug")
                                ? Level.DEBUG
                                : Level.UNKNOWN;
            case 't':
                return is(b, from, n, "trace") || is(b, from, n, "trc") || is(b, from, n, "trce")
                        ? Level.TRACE
                        : Level.UNKNOWN;
            case 'f':
                if (is(b, from, n, "fine") || is(b, from, n, "finer") || is(b, from, n, "finest")) {
                    return Level.DEBUG;
                }
                if (is(b, from, n, "failure") || is(b, from, n, "fail")) {
                    return Level.ERROR;
                }
                return is(b, from, n, "fatal") ? Level.FATAL : Level.UNKNOWN;
            case 's':
                return is(b, from, n, "severe") ? Level.ERROR : Level.UNKNOWN;
            case 'c':
                if (is(b, from, n, "config")) {
                    return Level.DEBUG;
                }
                return is(b, from, n, "critical") || is(b, from, n, "crit") ? Level.FATAL : Level.UNKNOWN;
            case 'p':
                return is(b, from, n, "panic") ? Level.FATAL : Level.UNKNOWN;
            case 'a':
                return is(b, from, n, "alert") ? Level.FATAL : Level.UNKNOWN;
            case 'l':
                // Databases and one framework for Node say so; in any other case it is a word.
                return n == 3 && b[from] == 'L' && b[from + 1] == 'O' && b[from + 2] == 'G'
                        ? Level.INFO
                        : Level.UNKNOWN;
            case 'n':
                return is(b, from, n, "notice") ? Level.INFO : Level.UNKNOWN;
            case 'v':
                return is(b, from, n, "verbose") ? Level.TRACE : Level.UNKNOWN;
            default:
                return Level.UNKNOWN;
        }
    }

    /** Whether a name of a level is as often a key or an adjective, when it is not in capitals. */
    static boolean alsoAWord(byte[] b, int from, int to) {
        int n = to - from;
        return n >= 4
                && (b[from] | 32) != 'e'
                && (is(b, from, n, "config")
                        || is(b, from, n, "fine")
                        || is(b, from, n, "finer")
                        || is(b, from, n, "finest")
                        || is(b, from, n, "alert")
                        || is(b, from, n, "notice")
                        || is(b, from, n, "severe")
                        || is(b, from, n, "verbose"));
    }

    /** The level a single letter stands for, as in logcat and klog. */
    static Level of(byte letter) {
        switch (letter) {
            case 'V':
            case 'T':
                return Level.TRACE;
            case 'D':
                return Level.DEBUG;
            case 'I':
                return Level.INFO;
            case 'W':
                return Level.WARN;
            case 'E':
                return Level.ERROR;
            case 'F':
            case 'A':
                return Level.FATAL;
            default:
                return Level.UNKNOWN;
        }
    }

    /** pino and bunyan count: 10 trace, 20 debug, 30 info, 40 warn, 50 error, 60 fatal. */
    static Level of(int number) {
        return number >= 60
                ? Level.FATAL
                : number >= 50
                        ? Level.ERROR
                        : number >= 40
                                ? Level.WARN
                                : number >= 30
                                        ? Level.INFO
                                        : number >= 20 ? Level.DEBUG : number >= 10 ? Level.TRACE : Level.UNKNOWN;
    }

    private static boolean is(byte[] b, int from, int n, String word) {
        if (n != word.length()) {
            return false;
        }
        for (int i = 0; i < n; i++) {
            if ((b[from + i] | 32) != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
