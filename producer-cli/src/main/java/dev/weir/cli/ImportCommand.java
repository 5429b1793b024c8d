package dev.weir.cli;

import dev.weir.cli.net.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code weir import}: a run out of a file, under a new id, marked as what it is. */
@Command(
        name = "import",
        description = "Makes a run out of a file of weir export; its provider is import, its label import the old id.")
final class ImportCommand extends ReadCommand {
    @Parameters(paramLabel = "FILE", description = "A file of weir export.")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    @Option(names = "--run-id", paramLabel = "ID", description = "The new run's id.")
    private @Nullable String runId;

    ImportCommand(Map<String, String> environment) {
        super(environment);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        NodeApi api = api();
        String run = RunId.chosen(runId, "--run-id");
        Feed feed = new Feed(api, run);
        try {
            // Never of its job: an old run of somebody else's must not become the last good one.
            Json head = Portable.read(
                    file,
                    first -> feed.begin(first.get("run"), "import", ""),
                    line -> feed.line(line, line.get("read").text()));
            feed.end(head.get("run"));
        } catch (java.nio.file.NoSuchFileException | java.nio.file.AccessDeniedException unreadable) {
            throw new UsageException("cannot read " + file + ": check the path and its permissions");
        }
        System.out.println(
                json()
                        ? "{\"run\":" + Json.quoted(run) + ",\"lines\":" + feed.sent() + "}"
                        : "run " + run + ": " + feed.sent() + " lines from " + file);
        return 0;
    }
}
