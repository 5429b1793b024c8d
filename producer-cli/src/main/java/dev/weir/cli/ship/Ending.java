package dev.weir.cli.ship;

import org.jspecify.annotations.Nullable;

/** How a run ended. */
public record Ending(
        long at,
        String reason,
        @Nullable Integer exitCode,
        @Nullable String signal) {}
