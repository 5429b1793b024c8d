package dev.weir.bench.tokens;

import dev.weir.compact.Compaction;
import dev.weir.drain.Miner;
import dev.weir.snapshot.Budget;
import dev.weir.snapshot.Rendering;
import dev.weir.snapshot.Snapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/**
 * What recorded failures cost as they are, as a snapshot and watched by cursor, in tokens of four bytes; and which of the
 * lines that explain them a snapshot still says.
 */
public final class Tokens {
    private static final int LIMIT = 200;

    private final int budget;
    private final boolean showLost;
    private final List<String> lost = new ArrayList<>();
    private final long[] sums = new long[8];

    private Tokens(int budget, boolean showLost) {
        this.budget = budget;
        this.showLost = showLost;
    }

    public static void main(String[] args) throws IOException {
        int budget = 1500;
        boolean lost = false;
        List<Path> folders = new ArrayList<>();
        for (String arg : args) {
            if (arg.startsWith("--budget=")) {
                budget = Integer.parseInt(arg.substring("--budget=".length()));
            } else if (arg.equals("--lost")) {
                lost = true;
            } else {
                folders.add(Path.of(arg));
            }
        }
        if (folders.isEmpty()) {
            System.err.println("Usage: tokens [--budget=TOKENS] [--lost] FOLDER...\n  FOLDER holds <name>/log.txt with"
                    + " marks.txt, or <name>/raw.log");
            System.exit(2);
        }
        for (Path folder : folders) {
            new Tokens(budget, lost).measure(Recording.below(folder));
        }
    }

    private void measure(List<Recording> recordings) {
        System.out.printf(
                "%-22s %8s %9s %8s %6s %9s %9s %6s %5s %6s%n",
                "log", "lines", "raw", "snapshot", "x", "rereads", "by cursor", "x", "marks", "recall");
        for (Recording recording : recordings) {
            measure(recording);
        }
        row("all " + recordings.size(), sums);
        System.out.println("Tokens of " + Budget.BYTES_PER_TOKEN + " bytes; snapshots within " + budget + ". Rereads: "
                + Watch.LOOKS + " looks at all there is so far; by cursor: as many at what changed since.");
        if (!lost.isEmpty()) {
            System.out.println("Lost: " + lost.size() + " marked lines" + (showLost ? "" : ", the first of each log"));
            lost.forEach(System.out::println);
        }
    }

    private void measure(Recording recording) {
        byte[] snapshot = snapshot(recording);
        Answer answer = new Answer(snapshot);
        Watch.Cost watched = Watch.cost(recording, budget);
        List<String> missing = recording.marks().stream()
                .filter(mark -> !answer.says(recording.text(mark)))
                .map(mark -> String.format("  %-20s %5d %s", recording.name(), mark + 1, recording.text(mark)))
                .toList();
        lost.addAll(showLost ? missing : missing.subList(0, Math.min(1, missing.size())));
        long[] numbers = {
            recording.lines().size(),
            tokens(recording.bytes().length),
            tokens(snapshot.length),
            watched.rereads(),
            watched.byCursor(),
            recording.marks().size(),
            recording.marks().size() - missing.size()
        };
        Arrays.setAll(sums, i -> i < numbers.length ? sums[i] + numbers[i] : 0);
        row(recording.name(), numbers);
    }

    private byte[] snapshot(Recording recording) {
        Compaction compaction = new Compaction(new Miner(), 0, budget * Budget.BYTES_PER_TOKEN);
        for (byte[] line : recording.lines()) {
            compaction.line(line, 0, line.length);
        }
        return compaction.print(Rendering.TEXT, OptionalInt.of(budget), LIMIT, Snapshot.Sort.RANK);
    }

    private static void row(String name, long[] n) {
        System.out.printf(
                "%-22s %,8d %,9d %,8d %6.1f %,9d %,9d %6.1f %5d %6s%n",
                name,
                n[0],
                n[1],
                n[2],
                (double) n[1] / n[2],
                n[3],
                n[4],
                (double) n[3] / n[4],
                n[5],
                n[5] == 0 ? "-" : String.format("%.1f%%", 100.0 * n[6] / n[5]));
    }

    static long tokens(long bytes) {
        return (bytes + Budget.BYTES_PER_TOKEN - 1) / Budget.BYTES_PER_TOKEN;
    }
}
