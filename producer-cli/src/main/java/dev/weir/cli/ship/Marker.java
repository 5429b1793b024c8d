package dev.weir.cli.ship;

/** Entries that will never come: dropped on purpose, or lost. A count of 0 and bytes of -1 mean that nobody can know. */
record Marker(boolean dropped, long count, long bytes, String reason) {}
