package dev.weir.drain;

/** How lines are to be read. */
public enum Format {
    /** As each of them looks. */
    AUTO,
    /** Never as fields. */
    TEXT,
    /** As JSON where they are objects, never as logfmt. */
    JSON,
    /** As logfmt where they can be read so, never as JSON. */
    LOGFMT;

    /** The format of this name in any case; {@link #AUTO} for a name that is none. */
    public static Format named(String name) {
        for (Format format : values()) {
            if (format.name().equalsIgnoreCase(name)) {
                return format;
            }
        }
        return AUTO;
    }
}
