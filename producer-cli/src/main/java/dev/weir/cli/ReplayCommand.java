package dev.weir.cli;

import dev.weir.cli.net.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code weir replay}: a run once more, at its own pace or faster. */
@Command(
        name = "replay",
        description = "Feeds a run again as a new one, with the pauses it had; its provider is replay.")
final class ReplayCommand extends ReadCommand {
    private static final long LONGEST_BATCH_MILLIS = 100;

    @Parameters(paramLabel = "FILE|RUN", description = "A file of weir export, or a run.")
    @SuppressWarnings("NullAway.Init")
    private String what;

    @Option(names = "--speed", paramLabel = "N", description = "So many times as fast (1); 0: without pauses.")
    private double speed = 1;

    @Option(names = "--job", paramLabel = "J", description = "The new run's job; none without.")
    private String job = "";

    @Option(names = "--run-id", paramLabel = "ID", description = "The new run's id.")
    private @Nullable String runId;

    ReplayCommand(Map<String, String> environment) {
        super(environment);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (!(speed >= 0 && speed <= 1_000_000)) {
            throw new UsageException("--speed is " + speed + ": use a number such as 1, 10 or 0.5; 0 for no pauses");
        }
        NodeApi api = api();
        String run = RunId.chosen(runId, "--run-id");
        if (Files.isRegularFile(Path.of(what))) {
            return replay(api, run, Path.of(what));
        }
        String chosen = choice(api).of(what);
        Path copy = Files.createTempFile("weir-replay", ".weir");
        try {
            Portable.write(api, chosen, copy);
            return replay(api, run, copy);
        } finally {
            Files.deleteIfExists(copy);
        }
    }

    private int replay(NodeApi api, String run, Path file) throws IOException, InterruptedException {
        Feed feed = new Feed(api, run);
        Pace pace = new Pace(speed);
        Json head = Portable.read(
                file,
                first -> {
                    feed.begin(first.get("run"), "replay", job);
                    if (!json()) {
                        System.out.println("run " + run + " replays "
                                + shown(first.get("run").get("id")));
                    }
                },
                line -> {
                    long due = pace.dueIn(line.get("read").text());
                    if (due > LONGEST_BATCH_MILLIS) {
                        feed.flush();
                        Thread.sleep(due);
                    }
                    feed.line(line, "");
                });
        feed.end(head.get("run"));
        System.out.println(
                json() ? "{\"run\":" + Json.quoted(run) + ",\"lines\":" + feed.sent() + "}" : feed.sent() + " lines");
        return 0;
    }

    /** When a line is due, by how long after the first it was read. */
    private static final class Pace {
        private final double speed;
        private final long begun = System.nanoTime();
        private long first = Long.MIN_VALUE;

        Pace(double speed) {
            this.speed = speed;
        }

        long dueIn(String read) {
            if (speed == 0 || read.isEmpty()) {
                return 0;
            }
            try {
                long at = Instant.parse(read).toEpochMilli();
                first = first == Long.MIN_VALUE ? at : first;
                return (long) ((at - first) / speed) - (System.nanoTime() - begun) / 1_000_000;
            } catch (DateTimeParseException unsaid) {
                return 0;
            }
        }
    }
}
