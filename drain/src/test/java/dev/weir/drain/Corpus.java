package dev.weir.drain;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Lines written for the tests, format by format; and, if a folder is named by {@code weir.data}, its raw.log files. */
record Corpus(String name, List<byte[]> lines) {
    private static final Path LINES = Path.of("src/test/resources/lines");
    private static final Path GOLDEN = Path.of("src/test/resources/golden");

    static List<Corpus> all() {
        List<Corpus> all = new ArrayList<>(own());
        String data = System.getProperty("weir.data");
        if (data != null) {
            for (Path folder : list(Path.of(data))) {
                if (Files.exists(folder.resolve("raw.log"))) {
                    all.add(new Corpus(folder.getFileName().toString(), read(folder.resolve("raw.log"))));
                }
            }
        }
        return all;
    }

    static List<Corpus> own() {
        List<Corpus> own = new ArrayList<>();
        for (Path file : list(LINES)) {
            own.add(new Corpus(file.getFileName().toString().replace(".log", ""), read(file)));
        }
        for (Path folder : list(GOLDEN)) {
            if (Files.exists(folder.resolve("input.log"))) {
                own.add(new Corpus("golden " + folder.getFileName(), read(folder.resolve("input.log"))));
            }
        }
        return own;
    }

    /** All formats as they come from a build that runs several tools at once. */
    static List<byte[]> interleaved(List<Corpus> all) {
        List<byte[]> lines = new ArrayList<>();
        int longest = all.stream().mapToInt(c -> c.lines.size()).max().orElse(0);
        for (int i = 0; i < longest; i++) {
            for (Corpus c : all) {
                if (i < c.lines.size()) {
                    lines.add(c.lines.get(i));
                }
            }
        }
        return lines;
    }

    static byte[] bytes(String line) {
        return line.getBytes(StandardCharsets.UTF_8);
    }

    private static List<Path> list(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<byte[]> read(Path file) {
        try {
            byte[] all = Files.readAllBytes(file);
            List<byte[]> lines = new ArrayList<>();
            int from = 0;
            for (int i = 0; i < all.length; i++) {
                if (all[i] == '\n') {
                    lines.add(Arrays.copyOfRange(all, from, i));
                    from = i + 1;
                }
            }
            if (from < all.length) {
                lines.add(Arrays.copyOfRange(all, from, all.length));
            }
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
