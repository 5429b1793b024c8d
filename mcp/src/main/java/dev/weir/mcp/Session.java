package dev.weir.mcp;

/** What one call may use: the API with its caller's rights, and what that caller's words for runs mean. */
public record Session(WeirApi api, RunWords runs) {}
