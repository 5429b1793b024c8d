package dev.weir.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What {@code weir run} was asked to do. */
record RunOptions(
        @Nullable String runId,
        @Nullable String title,
        @Nullable String job,
        @Nullable String provider,
        Map<String, String> labels,
        String format,
        Map<String, String> masks,
        boolean noMask,
        @Nullable Path kafkaConfig,
        @Nullable Duration timeout,
        Duration grace,
        Duration linger,
        boolean strict,
        boolean sigpipe,
        boolean quiet,
        List<String> command) {
    RunOptions {
        labels = Map.copyOf(labels);
        masks = Map.copyOf(masks);
        command = List.copyOf(command);
    }
}
