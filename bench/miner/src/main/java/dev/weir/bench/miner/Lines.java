package dev.weir.bench.miner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The lines of one file, as bytes in memory.
 *
 * @param name the system's name
 * @param bytes the whole file
 * @param bounds start and length of each line in turn
 */
record Lines(String name, byte[] bytes, int[] bounds) {

    static Lines read(Path file) throws IOException {
        byte[] all = Files.readAllBytes(file);
        List<Integer> bounds = new ArrayList<>();
        int from = 0;
        for (int i = 0; i <= all.length; i++) {
            if (i == all.length ? from < i : all[i] == '\n') {
                int to = i > from && all[i - 1] == '\r' ? i - 1 : i;
                bounds.add(from);
                bounds.add(to - from);
                from = i + 1;
            }
        }
        Path folder = file.toAbsolutePath().getParent();
        String name = folder == null ? "" : String.valueOf(folder.getFileName());
        return new Lines(name, all, bounds.stream().mapToInt(n -> n).toArray());
    }

    /** The raw.log of every system below a folder, or of the one named. */
    static List<Lines> below(Path data, String only) throws IOException {
        List<Path> files;
        try (Stream<Path> list = Files.list(data)) {
            files = list.filter(d -> only.equals("mixed") || d.endsWith(only))
                    .map(d -> d.resolve("raw.log"))
                    .filter(Files::exists)
                    .sorted()
                    .toList();
        }
        List<Lines> all = new ArrayList<>();
        for (Path file : files) {
            all.add(read(file));
        }
        if (all.isEmpty()) {
            throw new IOException(
                    "No raw.log for '" + only + "' below " + data + ": name the folder that holds <System>/raw.log");
        }
        return all;
    }

    int count() {
        return bounds.length / 2;
    }

    long size() {
        long size = 0;
        for (int i = 1; i < bounds.length; i += 2) {
            size += bounds[i];
        }
        return size;
    }
}
