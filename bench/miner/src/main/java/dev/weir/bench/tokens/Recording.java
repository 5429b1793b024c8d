package dev.weir.bench.tokens;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** A log as it was written, and the numbers of the lines that explain it, counted from 0; none if nobody marked it. */
public record Recording(String name, byte[] bytes, List<byte[]> lines, List<Integer> marks) {

    /** Every log below a folder: {@code <name>/log.txt} with {@code marks.txt}, or {@code <name>/raw.log} without. */
    public static List<Recording> below(Path folder) throws IOException {
        List<Path> logs;
        try (Stream<Path> files = Files.walk(folder, 2)) {
            logs = files.filter(f -> f.endsWith("log.txt") || f.endsWith("raw.log"))
                    .sorted()
                    .toList();
        }
        if (logs.isEmpty()) {
            throw new IOException("No log below " + folder + ": it should hold <name>/log.txt or <name>/raw.log");
        }
        List<Recording> all = new ArrayList<>();
        for (Path log : logs) {
            all.add(of(log));
        }
        return all;
    }

    private static Recording of(Path log) throws IOException {
        byte[] bytes = Files.readAllBytes(log);
        List<Integer> marks = new ArrayList<>();
        Path marked = log.resolveSibling("marks.txt");
        if (Files.exists(marked)) {
            for (String number : Files.readAllLines(marked)) {
                marks.add(Integer.parseInt(number.strip()) - 1);
            }
        }
        String name = log.getName(log.getNameCount() - 2).toString();
        return new Recording(name, bytes, lines(bytes), marks);
    }

    /** What a newline ends; of a file of Windows lines without the carriage return, as the command sends them. */
    private static List<byte[]> lines(byte[] all) {
        List<byte[]> lines = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < all.length; i++) {
            if (all[i] == '\n') {
                lines.add(line(all, start, i));
                start = i + 1;
            }
        }
        if (start < all.length) {
            lines.add(line(all, start, all.length));
        }
        return lines;
    }

    private static byte[] line(byte[] all, int from, int to) {
        int end = to > from && all[to - 1] == '\r' ? to - 1 : to;
        return Arrays.copyOfRange(all, from, end);
    }

    public String text(int line) {
        return new String(lines.get(line), StandardCharsets.UTF_8);
    }
}
