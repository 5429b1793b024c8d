package dev.weir.api.runs;

/**
 * What snapshots go by.
 *
 * @param retentionMillis how far back a delta can be told
 * @param quietMillis how long a template must not be seen to have gone quiet
 * @param rawBytes lines at most in an answer of mode raw without a budget
 */
public record SnapshotSettings(long retentionMillis, long quietMillis, int rawBytes) {}
