package dev.weir.topology;

import java.util.OptionalInt;

/**
 * How much of a run to read. The cost grows with it: the status is a handful of rows, a delta the rows touched since.
 *
 * @param templates whether templates are read at all
 * @param after only templates seen or changed after this offset of {@code weir.lines}; -1 for all
 * @param from start of the window that tallies are wanted for, in milliseconds of arrival; rounded down to a minute
 * @param to end of that window, exclusive; counts, texts and accounting are as of then. {@code Long.MAX_VALUE} for now
 * @param slots whether slots are read
 * @param template only this template
 */
public record Extent(boolean templates, long after, long from, long to, boolean slots, OptionalInt template) {

    /** Life cycle, facts, accounting and sources. */
    public static Extent status() {
        return new Extent(false, -1, 0, Long.MAX_VALUE, false, OptionalInt.empty());
    }

    /** All templates, with a tally per minute from the given time on; no sources, which {@link #status} has. */
    public static Extent all(long talliesFrom) {
        return new Extent(true, -1, talliesFrom, Long.MAX_VALUE, true, OptionalInt.empty());
    }

    /** What was seen or changed after an offset. */
    public Extent since(long offset) {
        return new Extent(true, offset, from, to, slots, template);
    }

    /**
     * Counts, texts and accounting as of a time. The accounting is exact to the minute; the templates' counts are so
     * within the last hour, and to the hour before.
     */
    public Extent until(long time) {
        return new Extent(templates, after, from, time, slots, template);
    }

    /** Nor the last line's text, which is written with them. */
    public Extent withoutSlots() {
        return new Extent(templates, after, from, to, false, template);
    }

    /** One template and those merged into it. */
    public Extent only(int id) {
        return new Extent(true, after, from, to, slots, OptionalInt.of(id));
    }
}
