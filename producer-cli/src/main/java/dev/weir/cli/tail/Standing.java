package dev.weir.cli.tail;

import dev.weir.cli.capture.Stream.Mark;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * How far one file has been delivered, and how to know it again: on disk, so that a follower that is started anew goes on
 * exactly there, under the same source and number.
 */
public record Standing(String path, String source, int generation, String key, int length, long sum, Mark mark) {
    private static final String COUNT = "count";

    Fingerprint fingerprint() {
        return new Fingerprint(length, sum);
    }

    public static void write(Path file, List<Standing> standings) throws IOException {
        Properties text = new Properties();
        text.setProperty(COUNT, Integer.toString(standings.size()));
        for (int i = 0; i < standings.size(); i++) {
            Standing each = standings.get(i);
            text.setProperty(i + ".path", each.path());
            text.setProperty(i + ".source", each.source());
            text.setProperty(i + ".generation", Integer.toString(each.generation()));
            text.setProperty(i + ".key", each.key());
            text.setProperty(i + ".length", Integer.toString(each.length()));
            text.setProperty(i + ".sum", Long.toString(each.sum()));
            text.setProperty(i + ".position", Long.toString(each.mark().position()));
            text.setProperty(i + ".seq", Long.toString(each.mark().seq()));
        }
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try (Writer writer = Files.newBufferedWriter(fresh)) {
            text.store(writer, null);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }

    public static List<Standing> read(Path file) throws IOException {
        Properties text = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            text.load(reader);
        } catch (NoSuchFileException first) {
            return List.of();
        }
        List<Standing> standings = new ArrayList<>();
        for (int i = 0; i < Integer.parseInt(text.getProperty(COUNT, "0")); i++) {
            standings.add(new Standing(
                    text.getProperty(i + ".path"),
                    text.getProperty(i + ".source"),
                    Integer.parseInt(text.getProperty(i + ".generation")),
                    text.getProperty(i + ".key"),
                    Integer.parseInt(text.getProperty(i + ".length")),
                    Long.parseLong(text.getProperty(i + ".sum")),
                    new Mark(
                            Long.parseLong(text.getProperty(i + ".position")),
                            Long.parseLong(text.getProperty(i + ".seq")))));
        }
        return standings;
    }
}
