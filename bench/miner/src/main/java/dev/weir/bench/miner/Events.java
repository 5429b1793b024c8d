package dev.weir.bench.miner;

import dev.weir.drain.Miner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Shows, log by log, how lines fall into events: the longest event must be a stack trace or a short block. */
public final class Events {
    private Events() {}

    public static void main(String[] args) throws IOException {
        if (args.length != 1) {
            System.err.println("Usage: events LOGS\n  LOGS holds *.log or log.txt, at any depth");
            System.exit(2);
        }
        List<Path> logs;
        try (Stream<Path> files = Files.walk(Path.of(args[0]))) {
            logs = files.filter(f -> f.toString().endsWith(".log") || f.endsWith("log.txt"))
                    .sorted()
                    .toList();
        }
        System.out.printf("%-28s %7s %7s %8s  %s%n", "log", "lines", "events", "longest", "its first line");
        for (Path log : logs) {
            measure(log);
        }
    }

    private static void measure(Path log) throws IOException {
        Lines lines = Lines.read(log);
        Miner miner = new Miner();
        Miner.Source source = miner.source(lines.name());
        int events = 0;
        int longest = 0;
        int now = 0;
        String first = "";
        String start = "";
        for (int i = 0; i < lines.bounds().length; i += 2) {
            int from = lines.bounds()[i];
            int length = lines.bounds()[i + 1];
            miner.mine(source, lines.bytes(), from, length, i, 0);
            if (miner.firstOfEvent()) {
                events++;
                now = 0;
                start = new String(lines.bytes(), from, Math.min(length, 60), StandardCharsets.UTF_8);
            }
            if (++now > longest) {
                longest = now;
                first = start;
            }
        }
        System.out.printf("%-28s %7d %7d %8d  %s%n", lines.name(), lines.count(), events, longest, visible(first));
    }

    private static String visible(String line) {
        return line.chars()
                .map(c -> c < ' ' ? ' ' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
