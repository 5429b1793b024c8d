package dev.weir.topology;

/**
 * A run as some copy of its partition has it.
 *
 * @param behind rows that this copy of the partition's state has yet to take over; 0 on the server that holds the partition
 */
public record Stale(RunView run, long behind) {}
