package dev.weir.bench.hostile;

import dev.weir.bench.hostile.Onslaught.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What hostile lines cost: every kind against ordinary logs, in one process. Fails when a line is lost; prints state and
 * speed for a person to judge.
 */
public final class Hostile {
    private static final int MILLION = 1_000_000;

    private Hostile() {}

    /** A kind of lines, each made from its number alone. */
    interface Lines {
        long number();

        int longest();

        /** Writes line {@code i} at {@code to[at]} and returns where it ends. */
        int write(long i, byte[] to, int at);
    }

    public static void main(String[] args) throws IOException {
        if (args.length != 1) {
            System.err.println("Usage: hostile LOGS\n  LOGS holds ordinary logs, as files, at any depth");
            System.exit(2);
        }
        Lines ordinary = new Replay(logs(Path.of(args[0])), 5L * MILLION);
        Map<String, Lines> kinds = new LinkedHashMap<>();
        kinds.put("random words, 5 M lines", new RandomWords(5L * MILLION));
        kinds.put("random words after a header", new Headed(new RandomWords(2L * MILLION)));
        kinds.put("random JSON fields", new RandomFields(MILLION));
        kinds.put("10,000 distinct lengths", new Lengths(60_000, 10_000));
        kinds.put("lines whose hashes collide", new Collisions(2L * MILLION));
        kinds.put("nine formats by turns", new Formats(2L * MILLION));
        kinds.put("brackets and quotes, unclosed", new Nested(200_000));
        kinds.put("one indented line after another", new Indented(2L * MILLION));
        kinds.put("one line of 100 MB", new Endless(100 * MILLION));

        Onslaught.run("warm-up", ordinary);
        Outcome normal = Onslaught.run("ordinary logs", ordinary);
        System.out.printf(
                "%-32s %9s %10s %8s %6s %5s %9s %8s %9s %8s%n",
                "lines", "number", "k lines/s", "MB/s", "ratio", "live", "overflown", "rows kB", "row max", "heap kB");
        print(normal, normal);
        long lost = 0;
        for (Map.Entry<String, Lines> kind : kinds.entrySet()) {
            Outcome outcome = Onslaught.run(kind.getKey(), kind.getValue());
            print(outcome, normal);
            lost += Math.abs(outcome.lost());
        }
        System.out.println(lost == 0 ? "Every line is in exactly one count." : lost + " lines are miscounted.");
        System.exit(lost == 0 ? 0 : 1);
    }

    /** The ratio is of lines, or of bytes where lines are far longer than ordinary ones: the better tells the cost. */
    private static void print(Outcome o, Outcome normal) {
        double ratio =
                Math.max(o.linesPerSecond() / normal.linesPerSecond(), o.bytesPerSecond() / normal.bytesPerSecond());
        System.out.printf(
                "%-32s %,9d %,10.1f %,8.1f %6.2f %5d %,9d %,8d %,9d %,8d%n",
                o.name(),
                o.lines(),
                o.linesPerSecond() / 1e3,
                o.bytesPerSecond() / 1e6,
                ratio,
                o.live(),
                o.overflown(),
                o.rowBytes() / 1000,
                o.largestRow(),
                o.heapBytes() / 1000);
    }

    private static List<byte[]> logs(Path folder) throws IOException {
        List<byte[]> all = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".log") || f.endsWith("log.txt"))
                    .sorted()
                    .toList()) {
                all.add(Files.readAllBytes(file));
            }
        }
        if (all.isEmpty()) {
            throw new IOException("No log below " + folder + ": name a folder with files *.log or log.txt");
        }
        return all;
    }
}
