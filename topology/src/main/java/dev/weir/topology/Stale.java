package dev.weir.topology;

/**
 * A run as some copy of its partition has it.
 *
 * @param behind at most so many rows has this copy of the partition's state yet to take over; 0 on the server that holds
 *     the partition. The ends of transactions count, too, so that a copy that has everything may still say some
 */
public record Stale(RunView run, long behind) {}
