package dev.weir.drain;

/** Where in a line a timestamp with a time of day was found, and what it was made of. */
final class Clocked {
    /** Where the field that holds the timestamp starts, maybe with a bracket. */
    int field;

    /** Where the timestamp starts. */
    int start;

    /** Where its time of day starts and ends. */
    int from;

    int end;
    /** What stands between the parts of the time of day. */
    byte separator;

    boolean dated;
    /** Where the timestamp ends: a year may stand behind the time of day. */
    int stampEnd;

    boolean dateGiven;
    boolean yearGiven;
    /** Milliseconds since midnight, by the clock of UTC. */
    long ofDay;
}
