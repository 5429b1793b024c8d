package dev.weir.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is checked out, read from {@code .git} itself: git may be missing, slow or configured to run things. */
record Git(@Nullable String commit, @Nullable String branch) {
    private static final String REF = "ref: ";
    private static final String HEADS = "refs/heads/";
    private static final Git NONE = new Git(null, null);

    static Git of(Path directory) {
        for (Path folder = directory.toAbsolutePath(); folder != null; folder = folder.getParent()) {
            Path marker = folder.resolve(".git");
            if (Files.exists(marker)) {
                return read(marker);
            }
        }
        return NONE;
    }

    private static Git read(Path marker) {
        try {
            Path gitDir = Files.isDirectory(marker) ? marker : linked(marker);
            String head = first(gitDir.resolve("HEAD"));
            if (!head.startsWith(REF)) {
                return new Git(head, null);
            }
            String ref = head.substring(REF.length());
            Path common = Files.exists(gitDir.resolve("commondir"))
                    ? gitDir.resolve(first(gitDir.resolve("commondir")))
                    : gitDir;
            String branch = ref.startsWith(HEADS) ? ref.substring(HEADS.length()) : ref;
            return new Git(commit(gitDir, common, ref).orElse(null), branch);
        } catch (IOException | IllegalArgumentException unreadable) {
            return NONE; // a fact of convenience: a run is a run without it
        }
    }

    /** A worktree or a submodule: .git is a file that says where the folder is. */
    private static Path linked(Path marker) throws IOException {
        String line = first(marker);
        return marker.resolveSibling(line.replaceFirst("^gitdir:\\s*", ""));
    }

    private static Optional<String> commit(Path gitDir, Path common, String ref) throws IOException {
        for (Path root : new Path[] {gitDir, common}) {
            if (Files.isRegularFile(root.resolve(ref))) {
                return Optional.of(first(root.resolve(ref)));
            }
        }
        Path packed = common.resolve("packed-refs");
        if (!Files.exists(packed)) {
            return Optional.empty();
        }
        String ending = " " + ref;
        return Files.readString(packed, UTF_8)
                .lines()
                .filter(line -> line.endsWith(ending))
                .map(line -> line.substring(0, line.indexOf(' ')))
                .findFirst();
    }

    private static String first(Path file) throws IOException {
        return Files.readString(file, UTF_8).lines().findFirst().orElse("").strip();
    }
}
