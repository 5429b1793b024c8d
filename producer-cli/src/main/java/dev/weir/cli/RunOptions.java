package dev.weir.cli;

import dev.weir.cli.capture.Allowance;
import dev.weir.cli.edit.Edits;
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
        Edits edits,
        List<Hook> hooks,
        Keeping keeping,
        @Nullable Duration timeout,
        Duration grace,
        Duration linger,
        boolean strict,
        boolean sigpipe,
        boolean tty,
        Words words,
        @Nullable Waking waking,
        List<String> command) {
    RunOptions {
        labels = Map.copyOf(labels);
        hooks = List.copyOf(hooks);
        command = List.copyOf(command);
    }

    /** How output is kept until it is delivered. */
    record Keeping(
            String capture,
            Allowance.Overflow overflow,
            long buffer,
            @Nullable Path spool) {}

    /** What is run for each wake, and for how long weir stays for those that are not due yet. */
    record Waking(List<String> command, Duration linger) {
        Waking {
            command = List.copyOf(command);
        }
    }

    /** What weir itself says. */
    record Words(boolean quiet, String summary, String color) {}
}
