package dev.weir.bench.pipeline;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Real lines, headers included, of all files below a directory, mixed in blocks as a busy machine mixes them. */
final class Corpus {
    private static final int BLOCK = 50;

    private Corpus() {}

    static List<byte[]> mixed(Path directory) throws IOException {
        List<List<byte[]>> blocks = new ArrayList<>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".log"))
                    .sorted()
                    .toList()) {
                blocks.addAll(blocks(Files.readString(file, StandardCharsets.ISO_8859_1)));
            }
        }
        Collections.shuffle(blocks, new Random(1));
        List<byte[]> lines = new ArrayList<>();
        blocks.forEach(lines::addAll);
        if (lines.isEmpty()) {
            throw new IOException(directory + " holds no .log file: name a directory of them with --corpus");
        }
        return lines;
    }

    private static List<List<byte[]>> blocks(String text) {
        List<List<byte[]>> blocks = new ArrayList<>();
        List<byte[]> block = new ArrayList<>();
        for (String line : text.split("\r?\n")) {
            block.add(line.getBytes(StandardCharsets.ISO_8859_1));
            if (block.size() == BLOCK) {
                blocks.add(block);
                block = new ArrayList<>();
            }
        }
        blocks.add(block);
        return blocks;
    }
}
