package dev.weir.drain;

/** How serious a line says it is. ERROR and FATAL live in a lane of their own: a template never spans both lanes. */
public enum Level {
    UNKNOWN,
    TRACE,
    DEBUG,
    INFO,
    WARN,
    ERROR,
    FATAL;

    private static final Level[] ALL = values();

    /** 1 for ERROR and worse, else 0. */
    public int lane() {
        return compareTo(ERROR) >= 0 ? 1 : 0;
    }

    static Level at(int ordinal) {
        return ordinal >= 0 && ordinal < ALL.length ? ALL[ordinal] : UNKNOWN;
    }
}
