package dev.weir.mcp;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The folders whose files may be read; links are followed before that is judged. */
public record Roots(List<Path> folders) {
    public Roots {
        folders = List.copyOf(folders);
    }

    /** The real path of a regular file within a root; relative ones are of the first root. */
    Path file(String given) {
        if (folders.isEmpty()) {
            throw new ToolProblem("path: no folder is open to this server; give text instead");
        }
        return within(given)
                .filter(Files::isRegularFile)
                .orElseThrow(() -> new ToolProblem("path is '" + CleanText.of(given, 200)
                        + "': no readable file of that name within the allowed folders; use one within them, or give"
                        + " text"));
    }

    /** The real path of a folder within a root. */
    Path folder(String given) {
        return within(given)
                .filter(Files::isDirectory)
                .orElseThrow(() -> new ToolProblem("directory is '" + CleanText.of(given, 200)
                        + "': no folder of that name within the allowed ones; use one within them"));
    }

    private Optional<Path> within(String given) {
        try {
            Path real = folders.get(0).resolve(given).toRealPath();
            for (Path folder : folders) {
                if (real.startsWith(folder.toRealPath())) {
                    return Optional.of(real);
                }
            }
        } catch (IOException | IllegalArgumentException unreadable) {
            // the same answer as for a file elsewhere: which files there are elsewhere is nobody's business
            return Optional.empty();
        }
        return Optional.empty();
    }
}
