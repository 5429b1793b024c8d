package dev.weir.drain;

/** Where the rows go that have changed since the last time. */
public interface Rows {
    /** A template that is new or changed. */
    void template(int id, byte[] row);

    /** A source whose learner or open event changed. */
    void source(String name, byte[] row);

    /** A template that had so many more lines and first lines of events, changed rows or not. */
    void tally(Template template, long lines, long events);
}
