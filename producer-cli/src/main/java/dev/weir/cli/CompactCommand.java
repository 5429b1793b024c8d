package dev.weir.cli;

import dev.weir.compact.Compaction;
import dev.weir.drain.Miner;
import dev.weir.drain.MinerSettings;
import dev.weir.snapshot.Budget;
import dev.weir.snapshot.Rendering;
import dev.weir.snapshot.Snapshot.Sort;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code weir compact}: the view that a snapshot gives, of a file or standard input, without any node. */
@Command(
        name = "compact",
        description = "The compact view of a file or of standard input; nothing is kept.",
        mixinStandardHelpOptions = true)
final class CompactCommand implements Callable<Integer> {
    private static final int LONGEST_LINE = 256 << 10;
    private static final int MOST_TEMPLATES = 10_000;
    /** As many as the server takes: lines that may all fit are kept until it is known that they do not. */
    private static final int MOST_TOKENS = 1_000_000;

    private static final int SOME_TEMPLATES = 50;

    @Parameters(arity = "0..1", paramLabel = "FILE", description = "The file; - or nothing: standard input.")
    private String file = "-";

    @Option(names = "--json", description = "As JSON.")
    private boolean json;

    @Option(names = "--format", paramLabel = "F", description = "text, markdown or json.")
    private String format = "text";

    @Option(names = "--budget", paramLabel = "N", description = "At most so many tokens, of about 4 bytes.")
    private @Nullable Integer budget;

    @Option(names = "--limit", paramLabel = "N", description = "At most so many templates.")
    private @Nullable Integer limit;

    @Override
    public Integer call() throws IOException {
        Rendering rendering = rendering();
        if (budget != null && (budget < Budget.LEAST || budget > MOST_TOKENS)) {
            throw new UsageException(
                    "--budget is " + budget + ": use a number from " + Budget.LEAST + " to " + MOST_TOKENS);
        }
        if (limit != null && (limit < 1 || limit > MOST_TEMPLATES)) {
            throw new UsageException("--limit is " + limit + ": use a number from 1 to " + MOST_TEMPLATES);
        }
        int tokens = budget == null ? 0 : budget;
        Compaction compaction = new Compaction(
                new Miner(MinerSettings.DEFAULTS.withSeed(
                        ThreadLocalRandom.current().nextLong())),
                System.currentTimeMillis(),
                tokens * Budget.BYTES_PER_TOKEN);
        try (InputStream in = opened()) {
            compaction.lines(in, LONGEST_LINE);
        }
        int most = limit != null ? limit : budget != null ? MOST_TEMPLATES : SOME_TEMPLATES;
        OptionalInt within = budget == null ? OptionalInt.empty() : OptionalInt.of(budget);
        System.out.write(compaction.print(rendering, within, most, Sort.RANK));
        System.out.flush();
        return 0;
    }

    private Rendering rendering() {
        return switch (json ? "json" : format) {
            case "json" -> Rendering.JSON;
            case "text" -> Rendering.TEXT;
            case "markdown" -> Rendering.MARKDOWN;
            default -> throw new UsageException("--format is '" + format + "': use text, markdown or json");
        };
    }

    private InputStream opened() {
        boolean standard = file.equals("-");
        if (!standard && Files.isDirectory(Path.of(file))) {
            throw new UsageException(file + " is a folder: name a file in it, or pipe lines to weir compact -");
        }
        try {
            InputStream in = standard ? System.in : Files.newInputStream(Path.of(file));
            // Who types the lines sees how far it is.
            boolean typed = standard && Notice.isTerminal(0);
            return Notice.isTerminal(2) && !typed ? new ReadSoFar(in, System.err) : in;
        } catch (IOException unreadable) {
            throw new UsageException("cannot read " + file + ": check the path and its permissions");
        }
    }
}
