package dev.weir.cli.ship;

import dev.weir.cli.edit.Editor;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a run says of itself when it starts: the command, where it runs, and who or what runs it. */
public record Origin(
        long startedAt,
        List<String> command,
        @Nullable String title,
        @Nullable String job,
        String provider,
        @Nullable String host,
        @Nullable String user,
        @Nullable String directory,
        @Nullable String gitCommit,
        @Nullable String gitBranch,
        @Nullable String ciJob,
        @Nullable String ciUrl,
        Map<String, String> labels,
        String format) {
    public Origin {
        command = List.copyOf(command);
        labels = Map.copyOf(labels);
    }

    /** Without the secrets that stand in its command line. */
    public Origin masked(Editor editor) {
        return new Origin(
                startedAt,
                command.stream().map(editor::masked).toList(),
                title == null ? null : editor.masked(title),
                job,
                provider,
                host,
                user,
                directory,
                gitCommit,
                gitBranch,
                ciJob,
                ciUrl,
                labels,
                format);
    }
}
