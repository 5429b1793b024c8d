package dev.weir.bench.miner;

import dev.weir.drain.Miner;
import dev.weir.drain.MinerSettings;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Mines every system below a folder with one configuration and scores the result where a truth is given.
 *
 * <p>A line's template is the one it belongs to at the end of the stream.
 */
public final class Accuracy {
    private Accuracy() {}

    public static void main(String[] args) throws IOException {
        boolean raw = Arrays.asList(args).contains("--raw");
        List<String> folders =
                Arrays.stream(args).filter(a -> !a.startsWith("--")).toList();
        if (folders.size() != 2) {
            System.err.println("Usage: accuracy DATA OUT [--raw]\n  DATA holds <System>/raw.log and <System>/truth.csv;"
                    + " OUT gets <System>.csv");
            System.exit(2);
        }
        run(Path.of(folders.get(0)), Path.of(folders.get(1)), raw);
    }

    static void run(Path data, Path out, boolean raw) throws IOException {
        Files.createDirectories(out);
        List<Path> systems;
        try (Stream<Path> list = Files.list(data)) {
            systems = list.filter(d -> Files.exists(d.resolve(raw ? "raw.log" : "truth.csv")))
                    .sorted()
                    .toList();
        }
        List<Score> scores = new ArrayList<>();
        for (Path system : systems) {
            Score score = one(system, out, raw);
            if (score != null) {
                if (scores.isEmpty()) {
                    System.out.printf("%-12s %6s %6s %6s %6s%n", "system", "GA", "FGA", "PA", "FTA");
                }
                scores.add(score);
                print(system.getFileName().toString(), score, raw);
            }
        }
        if (!scores.isEmpty()) {
            print("mean of " + scores.size(), mean(scores), raw);
        }
    }

    private static @Nullable Score one(Path system, Path out, boolean raw) throws IOException {
        Path truthFile = system.resolve("truth.csv");
        List<String> truth = Files.exists(truthFile) ? column(truthFile, "EventTemplate") : List.of();
        List<byte[]> lines = raw ? rawLines(system.resolve("raw.log")) : contents(column(truthFile, "Content"));
        Miner miner = new Miner(MinerSettings.DEFAULTS.withHeader(raw));
        Miner.Source source = miner.source(system.getFileName().toString());
        int[] ids = new int[lines.size()];
        for (int i = 0; i < ids.length; i++) {
            byte[] line = lines.get(i);
            ids[i] = miner.mine(source, line, 0, line.length, i, 0);
        }
        List<String> texts = new ArrayList<>();
        List<String> groups = new ArrayList<>();
        try (Writer csv = Files.newBufferedWriter(out.resolve(system.getFileName() + ".csv"))) {
            Csv.write(csv, "LineId", "EventTemplate", "ClusterId");
            for (int i = 0; i < ids.length; i++) {
                int id = miner.resolve(ids[i]);
                String text = miner.template(id).text().strip().replaceAll("\\s+", " ");
                texts.add(text);
                groups.add(Integer.toString(id));
                Csv.write(csv, Integer.toString(i + 1), text, Integer.toString(id));
            }
        }
        return truth.size() == ids.length ? Score.of(truth, texts, groups) : null;
    }

    private static List<String> column(Path csv, String name) throws IOException {
        List<List<String>> rows = Csv.read(csv);
        int at = rows.get(0).indexOf(name);
        List<String> cells = new ArrayList<>();
        for (int i = 1; at >= 0 && i < rows.size(); i++) {
            cells.add(rows.get(i).get(at));
        }
        return cells;
    }

    private static List<byte[]> contents(List<String> cells) {
        return cells.stream().map(c -> c.getBytes(StandardCharsets.UTF_8)).toList();
    }

    static List<byte[]> rawLines(Path file) throws IOException {
        byte[] all = Files.readAllBytes(file);
        List<byte[]> lines = new ArrayList<>();
        int from = 0;
        for (int i = 0; i <= all.length; i++) {
            if (i == all.length ? from < i : all[i] == '\n') {
                int to = i > from && all[i - 1] == '\r' ? i - 1 : i;
                lines.add(Arrays.copyOfRange(all, from, to));
                from = i + 1;
            }
        }
        return lines;
    }

    private static Score mean(List<Score> all) {
        int n = all.size();
        return new Score(
                all.stream().mapToDouble(Score::ga).sum() / n,
                all.stream().mapToDouble(Score::fga).sum() / n,
                all.stream().mapToDouble(Score::pa).sum() / n,
                all.stream().mapToDouble(Score::fta).sum() / n);
    }

    /** On raw lines only the grouping is scored: the truth's texts know no headers. */
    private static void print(String name, Score s, boolean raw) {
        if (raw) {
            System.out.printf("%-12s %6.3f %6.3f %6s %6s%n", name, s.ga(), s.fga(), "", "");
        } else {
            System.out.printf("%-12s %6.3f %6.3f %6.3f %6.3f%n", name, s.ga(), s.fga(), s.pa(), s.fta());
        }
    }
}
