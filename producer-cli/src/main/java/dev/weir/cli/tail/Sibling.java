package dev.weir.cli.tail;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** A file that a name's rotation has left beside it. */
record Sibling(Path path, Object key, long modified) {
    private static final Set<String> PACKED = Set.of("gz", "xz", "bz2", "zst", "lz4", "zip");

    /** Those of this name, oldest first; packed ones are copies of what was read. */
    static List<Sibling> of(Path path) throws IOException {
        List<Sibling> siblings = new ArrayList<>();
        Path folder = path.toAbsolutePath().getParent();
        String name = String.valueOf(path.getFileName());
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(folder, file -> isRotated(name, String.valueOf(file.getFileName())))) {
            for (Path file : files) {
                try {
                    siblings.add(new Sibling(
                            file,
                            Generation.keyOf(file),
                            Files.getLastModifiedTime(file).toMillis()));
                } catch (NoSuchFileException gone) {
                    continue; // rotated on between listing and looking
                }
            }
        } catch (NoSuchFileException gone) {
            return List.of();
        }
        siblings.sort(Comparator.comparingLong(Sibling::modified));
        return siblings;
    }

    private static boolean isRotated(String name, String sibling) {
        boolean packed = PACKED.contains(sibling.substring(sibling.lastIndexOf('.') + 1));
        return !packed && (sibling.startsWith(name + ".") || sibling.startsWith(name + "-"));
    }
}
